package io.gatehouse.server.endtoend;

import io.gatehouse.server.testing.OwnServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Every cell of docs/reference/faults.md on MariaDB that is no dash, measured. */
@Timeout(120)
class MariadbFaultMatrixTest {
    private static FaultMatrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = new FaultMatrix(OwnServer.mariadb(), Door.DRIVER);
    }

    @AfterAll
    static void stop() {
        matrix.close();
    }

    static Stream<FaultMatrix.Cell> cells() {
        return FaultMatrix.cells("MariaDB by the Gatehouse driver");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isAsThePageSays(FaultMatrix.Cell cell) throws Exception {
        matrix.measure(cell);
    }
}
