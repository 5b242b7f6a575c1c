package io.weekly.worker;

import static io.weekly.testing.World.get;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.weekly.bench.Cpu;
import io.weekly.definition.Definitions;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.source.Datasets;
import io.weekly.store.ReportStore;
import io.weekly.store.StoreConfig.Encryption;
import io.weekly.store.TestStoreConfig;
import io.weekly.store.encryption.TestVaults;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * CPU time of a report with and without encryption: reading the figures, rendering the PDF and the mail, and storing both. Batches of
 * reports alternate between the two sides. CPU is of client and server together. {@code -Dweekly.bench.reports} is the number of reports of
 * each side.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class EncryptionBench {

    private static final int REPORTS = Integer.getInteger("weekly.bench.reports", 1000);
    private static final int BATCH = Math.min(50, REPORTS);
    private static final int WARM_UP_BATCHES = Math.min(6, REPORTS / BATCH);
    private static final int CONCURRENCY = 2;

    @Inject
    MailLinks links;

    @Inject World world;

    @Inject ReportStages reports;

    @Inject Definitions definitions;

    @Inject Datasets datasets;

    @Inject TenantLogos logos;

    @Inject RenderPool pool;

    @Inject ReportFiles files;

    @Inject ReportStore store;

    @Inject TestVaults vaults;

    @Test
    void reportsWithAndWithoutEncryption() {
        var tenant = world.tenant();
        world.figures(tenant);
        var tasks = new ArrayList<ReportTask>();
        for (var i = 0; i < BATCH; i++) {
            tasks.add(get(reports.task(tenant.id(), world.reportWithoutJob(tenant))).orElseThrow());
        }
        var plain = composer(Encryption.OFF);
        var encrypted = composer(Encryption.ON);
        for (var i = 0; i < WARM_UP_BATCHES; i++) {
            compose(plain, tasks);
            compose(encrypted, tasks);
        }

        var cpuPlain = new ArrayList<Double>();
        var cpuEncrypted = new ArrayList<Double>();
        for (var i = 0; i < REPORTS / BATCH; i++) {
            // The side that goes first changes, so that neither pays for the garbage of the other.
            if (i % 2 == 0) {
                cpuPlain.add(cpu(plain, tasks));
                cpuEncrypted.add(cpu(encrypted, tasks));
            } else {
                cpuEncrypted.add(cpu(encrypted, tasks));
                cpuPlain.add(cpu(plain, tasks));
            }
        }
        System.out.printf("%d reports of each side, in batches of %d in turns, CPU per report:%n", REPORTS / BATCH * BATCH, BATCH);
        System.out.printf("plain      mean %.2f ms, median of batches %.2f ms%n", mean(cpuPlain), median(cpuPlain));
        System.out.printf("encrypted  mean %.2f ms, median of batches %.2f ms%n", mean(cpuEncrypted), median(cpuEncrypted));
        var ratios = IntStream.range(0, cpuPlain.size()).mapToObj(i -> cpuEncrypted.get(i) / cpuPlain.get(i)).toList();
        System.out.printf("ratio: means %.3f, medians %.3f, median of the ratios of neighbouring batches %.3f%n",
                mean(cpuEncrypted) / mean(cpuPlain), median(cpuEncrypted) / median(cpuPlain), median(ratios));
    }

    private ReportComposer composer(Encryption encryption) {
        return new ReportComposer(datasets, logos, pool, vaults.of(new TestStoreConfig(store.root(), encryption)), files, links);
    }

    private double cpu(ReportComposer composer, List<ReportTask> tasks) {
        var before = Cpu.ofClientAndServer();
        compose(composer, tasks);
        return Cpu.ofClientAndServer().minus(before).toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1) / tasks.size();
    }

    private void compose(ReportComposer composer, List<ReportTask> tasks) {
        get(Multi.createFrom().iterable(tasks)
                .onItem()
                .transformToUni(task -> composer.compose(task, definitions.find(task.definition()).orElseThrow()))
                .merge(CONCURRENCY)
                .collect()
                .asList());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
