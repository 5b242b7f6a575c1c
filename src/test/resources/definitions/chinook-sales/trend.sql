-- Eight weeks, this one last, each by its Monday.
WITH sales AS (
  SELECT i.InvoiceDate AS day, i.Total AS value
  FROM Chinook.Employee e
  JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
  JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
  WHERE :tenant = 'chinook'
    AND CAST(e.EmployeeId AS CHAR) = :recipient
    AND i.InvoiceDate >= CAST(:from AS DATE) - INTERVAL 7 WEEK AND i.InvoiceDate < :to
),
weeks AS (
  SELECT 7 AS ago UNION ALL SELECT 6 UNION ALL SELECT 5 UNION ALL SELECT 4
  UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 1 UNION ALL SELECT 0
)
SELECT CAST(:from AS DATE) - INTERVAL w.ago WEEK AS monday, COALESCE(SUM(s.value), 0) AS value
FROM weeks w
LEFT JOIN sales s ON s.day >= CAST(:from AS DATE) - INTERVAL w.ago WEEK
                 AND s.day < CAST(:to AS DATE) - INTERVAL w.ago WEEK
GROUP BY w.ago
ORDER BY w.ago DESC
