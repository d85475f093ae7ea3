package io.gatehouse.server.session;

import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Types;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of one execution.
 *
 * @param arriving those of which the value comes while the statement runs
 */
record Uploads(List<Parameter> parameters, List<Upload> arriving) {
    static Uploads of(Frontend.ExtExecute m, Client client, SessionLimits limits) {
        List<Parameter> parameters = new ArrayList<>(m.parameters().size());
        List<Upload> arriving = new ArrayList<>(0);
        for (Frontend.Value value : m.parameters()) {
            Bytes bytes = value.bytes();
            if (isStream(value.type()) && bytes != null && bytes.length() == Long.BYTES) {
                long length = ByteBuffer.wrap(bytes.array()).getLong();
                Upload upload = new Upload(client, limits, m.request(), parameters.size(), length);
                arriving.add(upload);
                parameters.add(new Parameter(value.type(), upload));
            } else {
                parameters.add(bound(value));
            }
        }
        return new Uploads(parameters, arriving);
    }

    private static boolean isStream(int type) {
        return type == Types.GH_BYTE_STREAM || type == Types.GH_TEXT_STREAM;
    }

    static List<Parameter> bound(List<Frontend.Value> values) {
        List<Parameter> bound = new ArrayList<>(values.size());
        for (Frontend.Value value : values) {
            bound.add(bound(value));
        }
        return bound;
    }

    private static Parameter bound(Frontend.Value value) {
        Bytes bytes = value.bytes();
        return new Parameter(value.type(), true, bytes == null ? null : bytes.array());
    }
}
