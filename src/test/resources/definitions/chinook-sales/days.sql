-- The seven days, each beside the same weekday of the week before. A day without a sale is a row without a value.
WITH sales AS (
  SELECT DATE(i.InvoiceDate) AS day, SUM(i.Total) AS value
  FROM Chinook.Employee e
  JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
  JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
  WHERE :tenant = 'chinook'
    AND CAST(e.EmployeeId AS CHAR) = :recipient
    AND i.InvoiceDate >= :previous_from AND i.InvoiceDate < :to
  GROUP BY DATE(i.InvoiceDate)
),
week AS (
  SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
)
SELECT CAST(:from AS DATE) + INTERVAL w.n DAY AS day,
       this_week.value AS value,
       last_week.value AS previous
FROM week w
LEFT JOIN sales this_week ON this_week.day = CAST(:from AS DATE) + INTERVAL w.n DAY
LEFT JOIN sales last_week ON last_week.day = CAST(:previous_from AS DATE) + INTERVAL w.n DAY
ORDER BY w.n
