import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.Driver.Serialization;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.HttpServer;

/** Serves one database over HTTP; started as a source file by the benchmark. */
final class AvaticaServer {
    private AvaticaServer() {}

    /** Takes the port and the database's JDBC URL; users and passwords are the clients'. */
    public static void main(String[] arguments) throws Exception {
        HttpServer server =
                HttpServer.Builder.<Object>newBuilder()
                        .withPort(Integer.parseInt(arguments[0]))
                        .withHandler(
                                new LocalService(new JdbcMeta(arguments[1])),
                                Serialization.PROTOBUF)
                        .build();
        server.start();
        server.join();
    }
}
