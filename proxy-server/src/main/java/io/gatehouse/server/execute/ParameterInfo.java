package io.gatehouse.server.execute;

/** One parameter as the wire describes it (docs/protocol/PROTOCOL.md, section 5). */
public record ParameterInfo(
        int type,
        int jdbcType,
        String typeName,
        String className,
        int precision,
        int scale,
        int nullable,
        boolean signed,
        int mode) {}
