-- The agent's week against the week before: one row, or none where nothing was sold.
SELECT SUM(CASE WHEN i.InvoiceDate >= :from THEN i.Total END) AS sales,
       SUM(CASE WHEN i.InvoiceDate < :from THEN i.Total END) AS sales_before,
       COUNT(CASE WHEN i.InvoiceDate >= :from THEN 1 END) AS invoices,
       COUNT(CASE WHEN i.InvoiceDate < :from THEN 1 END) AS invoices_before,
       COUNT(DISTINCT CASE WHEN i.InvoiceDate >= :from THEN i.CustomerId END) AS customers,
       COUNT(DISTINCT CASE WHEN i.InvoiceDate < :from THEN i.CustomerId END) AS customers_before,
       AVG(CASE WHEN i.InvoiceDate >= :from THEN i.Total END) AS average,
       AVG(CASE WHEN i.InvoiceDate < :from THEN i.Total END) AS average_before
FROM Chinook.Employee e
JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
WHERE :tenant = 'chinook'
  AND CAST(e.EmployeeId AS CHAR) = :recipient
  AND i.InvoiceDate >= :previous_from AND i.InvoiceDate < :to
HAVING COUNT(CASE WHEN i.InvoiceDate >= :from THEN 1 END) > 0
