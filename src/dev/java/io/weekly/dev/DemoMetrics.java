package io.weekly.dev;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Makes the figures of a demo tenant: a weekday pattern, growth and noise. The figures of a day depend on the tenant and the day only. So
 * later starts add figures that fit, and each machine shows the same.
 */
final class DemoMetrics {
    private static final long SEED = 20_260_105;
    private static final double GROWTH_A_WEEK = 1.012;
    private static final LocalDate GROWTH_SINCE = LocalDate.of(2026, 1, 5);
    private static final Map<DayOfWeek, Double> WEEKDAY = Map.of(DayOfWeek.MONDAY, 0.82, DayOfWeek.TUESDAY, 0.88, DayOfWeek.WEDNESDAY,
            0.94, DayOfWeek.THURSDAY, 1.0, DayOfWeek.FRIDAY, 1.18, DayOfWeek.SATURDAY, 1.34, DayOfWeek.SUNDAY, 0.84);

    record Figure(String metric, LocalDate day, String dimension, BigDecimal value) {
    }

    private DemoMetrics() {
    }

    static List<Figure> of(DemoTenant tenant, LocalDate day) {
        SplittableRandom random = new SplittableRandom(SEED + Objects.hash(tenant.slug(), day.toEpochDay()));
        double level = WEEKDAY.getOrDefault(day.getDayOfWeek(), 1.0) * growth(day) * around(random, 0.08);
        double averageOrder = tenant.revenueADay() / 320 * around(random, 0.05);

        List<Figure> figures = new ArrayList<>();
        BigDecimal revenue = products(tenant, day, tenant.revenueADay() * level, random, figures);
        double orders = revenue.doubleValue() / averageOrder;
        double customers = orders * 0.83 * around(random, 0.04);
        double visitors = customers * 6.5 * around(random, 0.10);
        figures.add(new Figure("revenue", day, "", revenue));
        figures.add(new Figure("orders", day, "", whole(orders)));
        figures.add(new Figure("customers", day, "", whole(customers)));
        figures.add(new Figure("visitors", day, "", whole(visitors)));
        return figures;
    }

    /** The first products sell most. The total of the day is their sum, to the cent. */
    private static BigDecimal products(DemoTenant tenant, LocalDate day, double revenue, SplittableRandom random, List<Figure> figures) {
        List<String> products = tenant.products();
        double shares = 0;
        for (int rank = 1; rank <= products.size(); rank++) {
            shares += 1.0 / rank;
        }
        BigDecimal total = BigDecimal.ZERO;
        for (int rank = 1; rank <= products.size(); rank++) {
            BigDecimal value = BigDecimal.valueOf(revenue / shares / rank * around(random, 0.15)).setScale(2, RoundingMode.HALF_UP);
            figures.add(new Figure("revenue", day, products.get(rank - 1), value));
            total = total.add(value);
        }
        return total;
    }

    private static double growth(LocalDate day) {
        return Math.pow(GROWTH_A_WEEK, (day.toEpochDay() - GROWTH_SINCE.toEpochDay()) / 7.0);
    }

    private static double around(SplittableRandom random, double spread) {
        return 1 + spread * (2 * random.nextDouble() - 1);
    }

    private static BigDecimal whole(double value) {
        return BigDecimal.valueOf(Math.round(value));
    }
}
