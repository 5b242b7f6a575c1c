-- The eight genres that sold best in eight weeks: this week, the week before, and the share of the eight.
WITH sold AS (
  SELECT g.Name AS genre,
         SUM(CASE WHEN i.InvoiceDate >= :from THEN l.UnitPrice * l.Quantity END) AS value,
         SUM(CASE WHEN i.InvoiceDate >= :previous_from AND i.InvoiceDate < :from THEN l.UnitPrice * l.Quantity END) AS previous,
         SUM(l.UnitPrice * l.Quantity) AS eight_weeks
  FROM Chinook.Employee e
  JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
  JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
  JOIN Chinook.InvoiceLine l ON l.InvoiceId = i.InvoiceId
  JOIN Chinook.Track t ON t.TrackId = l.TrackId
  LEFT JOIN Chinook.Genre g ON g.GenreId = t.GenreId
  WHERE :tenant = 'chinook'
    AND CAST(e.EmployeeId AS CHAR) = :recipient
    AND i.InvoiceDate >= CAST(:from AS DATE) - INTERVAL 7 WEEK AND i.InvoiceDate < :to
  GROUP BY g.Name
)
SELECT s.genre AS genre, s.value AS value, s.previous AS previous, s.eight_weeks AS eight_weeks,
       s.eight_weeks / NULLIF(SUM(s.eight_weeks) OVER (), 0) AS share
FROM sold s
ORDER BY s.eight_weeks DESC, s.genre
LIMIT 8
