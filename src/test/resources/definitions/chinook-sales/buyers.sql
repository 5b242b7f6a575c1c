-- Whoever bought most this week, up to ten, with what they have bought in all until then.
SELECT CONCAT(c.FirstName, ' ', c.LastName) AS name, c.Company AS company, c.City AS city, c.Country AS country,
       SUM(CASE WHEN i.InvoiceDate >= :from THEN i.Total END) AS value,
       COUNT(CASE WHEN i.InvoiceDate >= :from THEN 1 END) AS invoices,
       SUM(i.Total) AS ever
FROM Chinook.Employee e
JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
WHERE :tenant = 'chinook'
  AND CAST(e.EmployeeId AS CHAR) = :recipient
  AND i.InvoiceDate < :to
GROUP BY c.CustomerId, c.FirstName, c.LastName, c.Company, c.City, c.Country
HAVING COUNT(CASE WHEN i.InvoiceDate >= :from THEN 1 END) > 0
ORDER BY value DESC, c.CustomerId
LIMIT 10
