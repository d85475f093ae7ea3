package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.PersistJobDataAfterExecution;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Quartz's clustered store: its tables, row locks, job data and triggers. */
final class QuartzTest {
    private static final Semaphore RUNS = new Semaphore(0);

    /** Counts its runs in its stored data. */
    @PersistJobDataAfterExecution
    @DisallowConcurrentExecution
    public static final class Counting implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            var data = context.getJobDetail().getJobDataMap();
            data.put("runs", data.getInt("runs") + 1);
            RUNS.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void store(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    String script =
                            switch (product) {
                                case POSTGRESQL -> "tables_postgres.sql";
                                case MARIADB -> "tables_mysql_innodb.sql";
                            };
                    ResourceDatabasePopulator tables =
                            new ResourceDatabasePopulator(
                                    new ClassPathResource(
                                            "org/quartz/impl/jdbcjobstore/" + script));
                    tables.setCommentPrefixes("--", "#");
                    tables.execute(access.dataSource());
                    RUNS.drainPermits();
                    Scheduler scheduler = new StdSchedulerFactory(settings(access)).getScheduler();
                    try {
                        schedule(scheduler, story);
                    } finally {
                        scheduler.shutdown(true);
                    }
                    Scheduler later = new StdSchedulerFactory(settings(access)).getScheduler();
                    try {
                        whatIsStored(later, story);
                    } finally {
                        later.shutdown(true);
                    }
                });
    }

    private static Properties settings(Access access) {
        String delegate =
                access.product() == Product.POSTGRESQL ? "PostgreSQLDelegate" : "StdJDBCDelegate";
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "tests");
        settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        settings.setProperty("org.quartz.threadPool.threadCount", "2");
        settings.setProperty(
                "org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore." + delegate);
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.dataSource", "db");
        settings.setProperty("org.quartz.dataSource.db.provider", "hikaricp");
        settings.setProperty("org.quartz.dataSource.db.driver", access.driver());
        settings.setProperty("org.quartz.dataSource.db.URL", access.url());
        settings.setProperty("org.quartz.dataSource.db.user", access.user());
        settings.setProperty("org.quartz.dataSource.db.password", access.password());
        settings.setProperty("org.quartz.dataSource.db.maxConnections", "4");
        return settings;
    }

    private static void schedule(Scheduler scheduler, Story story) throws Exception {
        JobDetail job =
                JobBuilder.newJob(Counting.class)
                        .withIdentity("counting")
                        .usingJobData("runs", 0)
                        .usingJobData("text", "a 'text'")
                        .storeDurably()
                        .build();
        Trigger thrice =
                TriggerBuilder.newTrigger()
                        .withIdentity("thrice")
                        .withSchedule(
                                SimpleScheduleBuilder.simpleSchedule()
                                        .withIntervalInMilliseconds(50)
                                        .withRepeatCount(2))
                        .build();
        Trigger never =
                TriggerBuilder.newTrigger()
                        .withIdentity("at new year")
                        .forJob("counting")
                        .withSchedule(CronScheduleBuilder.cronSchedule("0 0 0 1 1 ? 2090"))
                        .build();
        scheduler.scheduleJob(job, thrice);
        scheduler.scheduleJob(never);
        scheduler.pauseTrigger(never.getKey());
        story.refused("again", () -> scheduler.scheduleJob(job, thrice));
        scheduler.start();
        assertThat(RUNS.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
    }

    private static void whatIsStored(Scheduler scheduler, Story story) throws Exception {
        JobDetail job = scheduler.getJobDetail(JobKey.jobKey("counting"));
        story.tell("runs", job.getJobDataMap().getInt("runs"));
        story.tell("text", job.getJobDataMap().getString("text"));
        story.tell("triggers", scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup()));
        TriggerKey never = TriggerKey.triggerKey("at new year");
        story.tell("state", scheduler.getTriggerState(never));
        story.tell("next", scheduler.getTrigger(never).getNextFireTime().toInstant());
        story.tell("removed", scheduler.deleteJob(job.getKey()));
        story.tell("jobs", scheduler.getJobKeys(GroupMatcher.anyJobGroup()));
    }
}
