-- What was sold this week, by genre.
SELECT g.Name AS genre, SUM(l.Quantity) AS tracks, SUM(l.UnitPrice * l.Quantity) AS value
FROM Chinook.Employee e
JOIN Chinook.Customer c ON c.SupportRepId = e.EmployeeId
JOIN Chinook.Invoice i ON i.CustomerId = c.CustomerId
JOIN Chinook.InvoiceLine l ON l.InvoiceId = i.InvoiceId
JOIN Chinook.Track t ON t.TrackId = l.TrackId
LEFT JOIN Chinook.Genre g ON g.GenreId = t.GenreId
WHERE :tenant = 'chinook'
  AND CAST(e.EmployeeId AS CHAR) = :recipient
  AND i.InvoiceDate >= :from AND i.InvoiceDate < :to
GROUP BY g.Name
ORDER BY value DESC, genre
