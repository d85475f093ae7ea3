package io.gatehouse.frameworks;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** MyBatis: mappers, generated keys, its batch executor, cursors and its own pool. */
final class MyBatisTest {

    /** An entry of the table; MyBatis sets its fields. */
    static final class Note {
        private Integer id;
        private String text;
        private byte[] bytes;
        private LocalDateTime at;

        static Note of(String text) {
            Note note = new Note();
            note.text = text;
            note.bytes = new byte[] {0, 1, -1};
            note.at = LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_000_000);
            return note;
        }

        @Override
        public String toString() {
            return id + " " + text + " " + bytes.length + " " + at;
        }
    }

    interface Notes {
        @Insert("insert into note (text, bytes, at) values (#{text}, #{bytes}, #{at})")
        @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
        int insert(Note note);

        @Select("select id, text, bytes, at from note order by id")
        List<Note> all();

        @Select("select id, text, bytes, at from note order by id")
        List<Note> some(RowBounds bounds);

        @Select("select id, text, bytes, at from note order by id")
        @Options(fetchSize = 2)
        Cursor<Note> cursor();

        @Select(
                "<script>select count(*) from note where text in<foreach collection='texts'"
                        + " item='t' open='(' separator=',' close=')'>#{t}</foreach></script>")
        int count(@Param("texts") List<String> texts);

        @Update("update note set text = #{text} where id = #{id}")
        int rename(@Param("id") int id, @Param("text") String text);

        @Select("select * from note where id = #{id}")
        Map<String, Object> row(int id);
    }

    @ParameterizedTest
    @EnumSource
    void mappers(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    PooledDataSource source =
                            new PooledDataSource(
                                    access.driver(),
                                    access.url(),
                                    access.user(),
                                    access.password());
                    source.setPoolPingEnabled(true);
                    source.setPoolPingQuery("select 1");
                    try {
                        access.run(table(product));
                        work(factory(source), story);
                    } finally {
                        source.forceCloseAll();
                    }
                });
    }

    private static String table(Product product) {
        return switch (product) {
            case POSTGRESQL ->
                    "create table note (id serial primary key, text text unique, bytes bytea, at"
                            + " timestamp)";
            case MARIADB ->
                    "create table note (id integer auto_increment primary key, text varchar(40)"
                            + " unique, bytes blob, at datetime(6))";
        };
    }

    private static SqlSessionFactory factory(PooledDataSource source) {
        Configuration configuration =
                new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
        configuration.addMapper(Notes.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    private static void work(SqlSessionFactory factory, Story story) throws Exception {
        try (SqlSession session = factory.openSession()) {
            Notes notes = session.getMapper(Notes.class);
            Note first = Note.of("first");
            story.tell("inserted", notes.insert(first));
            story.tell("key", first.id);
            session.commit();
            notes.insert(Note.of("gone"));
            session.rollback();
        }
        try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
            Notes notes = session.getMapper(Notes.class);
            List<Note> batch = List.of(Note.of("a"), Note.of("b"), Note.of("c"));
            batch.forEach(notes::insert);
            notes.rename(1, "renamed");
            story.tell("batches", session.flushStatements().size());
            story.tell("keys ascend", batch.get(0).id < batch.get(2).id);
            session.commit();
        }
        try (SqlSession session = factory.openSession(ExecutorType.REUSE)) {
            Notes notes = session.getMapper(Notes.class);
            story.tell("all", notes.all().stream().map(n -> n.text + " " + n.at).toList());
            story.tell("bounds", notes.some(new RowBounds(1, 2)).size());
            story.tell("count", notes.count(List.of("a", "c", "z")));
            story.tell("columns", notes.row(1).keySet().stream().sorted().toList());
            try (Cursor<Note> cursor = notes.cursor()) {
                int seen = 0;
                for (Note note : cursor) {
                    seen += note.bytes.length;
                }
                story.tell("cursor", seen);
            }
            story.refused("duplicate", () -> notes.insert(Note.of("a")));
        }
    }
}
