package io.gatehouse.server.session;

import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Types;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of one execution, or of a part of a batch.
 *
 * @param rows one for an execution
 * @param arriving those of which the value comes while the statement runs
 */
record Uploads(List<List<Parameter>> rows, List<Upload> arriving) {
    static Uploads of(
            int request, List<List<Frontend.Value>> rows, Client client, SessionLimits limits) {
        if (rows.size() != 1) {
            return new Uploads(rows.stream().map(Uploads::bound).toList(), List.of());
        }
        List<Frontend.Value> values = rows.getFirst();
        List<Parameter> parameters = new ArrayList<>(values.size());
        List<Upload> arriving = new ArrayList<>(0);
        for (Frontend.Value value : values) {
            Bytes bytes = value.bytes();
            if (isStream(value.type()) && bytes != null && bytes.length() == Long.BYTES) {
                long length = ByteBuffer.wrap(bytes.array()).getLong();
                Upload upload = new Upload(client, limits, request, parameters.size(), length);
                arriving.add(upload);
                parameters.add(new Parameter(value.type(), upload));
            } else {
                parameters.add(bound(value));
            }
        }
        return new Uploads(List.of(parameters), arriving);
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
