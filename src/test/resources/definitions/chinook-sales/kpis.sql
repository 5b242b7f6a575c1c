-- The agent's week against the week before; no rows where nothing was sold.
WITH sold AS (
  SELECT i.CustomerId AS customer,
         CASE WHEN i.InvoiceDate >= :from THEN i.Total END AS this_week,
         CASE WHEN i.InvoiceDate < :from THEN i.Total END AS last_week
  FROM Chinook.Employee e
  JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
  JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
  WHERE :tenant = 'chinook'
    AND CAST(e.EmployeeId AS CHAR) = :recipient
    AND i.InvoiceDate >= :previous_from AND i.InvoiceDate < :to
)
SELECT 1 AS place, 'sales' AS metric, 'money' AS format, SUM(s.this_week) AS value, SUM(s.last_week) AS previous
FROM sold s
HAVING COUNT(s.this_week) > 0
UNION ALL
SELECT 2, 'invoices', 'integer', COUNT(s.this_week), COUNT(s.last_week)
FROM sold s
HAVING COUNT(s.this_week) > 0
UNION ALL
SELECT 3, 'customers', 'integer', COUNT(DISTINCT CASE WHEN s.this_week IS NOT NULL THEN s.customer END),
       COUNT(DISTINCT CASE WHEN s.last_week IS NOT NULL THEN s.customer END)
FROM sold s
HAVING COUNT(s.this_week) > 0
UNION ALL
SELECT 4, 'average', 'money', AVG(s.this_week), AVG(s.last_week)
FROM sold s
HAVING COUNT(s.this_week) > 0
ORDER BY place
