-- Worth a call: of the customers who have bought nothing for half a year, the five who had bought most.
SELECT CONCAT(c.FirstName, ' ', c.LastName) AS name, c.Company AS company, c.Country AS country, c.Phone AS phone,
       DATE(MAX(i.InvoiceDate)) AS last_day,
       SUM(i.Total) AS ever
FROM Chinook.Employee e
JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
WHERE :tenant = 'chinook'
  AND CAST(e.EmployeeId AS CHAR) = :recipient
  AND i.InvoiceDate < :to
GROUP BY c.CustomerId, c.FirstName, c.LastName, c.Company, c.Country, c.Phone
HAVING MAX(i.InvoiceDate) < CAST(:from AS DATE) - INTERVAL 26 WEEK
ORDER BY ever DESC, c.CustomerId
LIMIT 5
