package io.gatehouse.policy.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.Subnet;

import java.util.List;

/**
 * Makes expressions of texts in CEL. The first one loads CEL, which takes longer than all the rest
 * of a start, so that policies without expressions never come here.
 */
public final class Expressions {
    private static final int MAX_CHARACTERS = 4096;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(MAX_CHARACTERS)
                    .maxParseRecursionDepth(MAX_DEPTH)
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .build();
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME = runtime();

    private Expressions() {}

    private static CelCompiler compiler() {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addFunctionDeclarations(
                                function("inSubnet", "string_in_subnet"),
                                function("like", "string_like"))
                        .setResultType(SimpleType.BOOL);
        for (Variable variable : Variable.values()) {
            builder.addVar(variable.key(), type(variable.type()));
        }
        return builder.build();
    }

    private static CelFunctionDecl function(String name, String overload) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newMemberOverload(
                        overload, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING));
    }

    private static CelType type(Variable.Type type) {
        return switch (type) {
            case TEXT -> SimpleType.STRING;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case NUMBER -> SimpleType.INT;
            case TRUTH -> SimpleType.BOOL;
            case TIME -> SimpleType.TIMESTAMP;
        };
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "string_in_subnet",
                                String.class,
                                String.class,
                                Expressions::inSubnet),
                        CelFunctionBinding.from(
                                "string_like",
                                String.class,
                                String.class,
                                (text, pattern) -> new Glob(pattern).matches(text)))
                .build();
    }

    private static boolean inSubnet(String address, String text) throws CelEvaluationException {
        Subnet subnet = Subnet.of(text);
        if (subnet == null) {
            throw new CelEvaluationException("\"" + text + "\" is no address and no subnet");
        }
        return subnet.holds(address);
    }

    /** Checks a text and makes an expression of it. */
    public static Compiled compile(String text) {
        CelValidationResult result = COMPILER.compile(text);
        if (result.hasError()) {
            List<Fault> faults =
                    result.getErrors().stream().map(Expressions::fault).distinct().toList();
            return new Compiled(null, faults);
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            boolean constant = tree.getExpr().getKind() == ExprKind.Kind.CONSTANT;
            return new Compiled(
                    new CelExpression(RUNTIME.createProgram(tree), constant), List.of());
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled(null, List.of(new Fault(1, 0, String.valueOf(e.getMessage()))));
        }
    }

    private static Fault fault(CelIssue issue) {
        String message = issue.getMessage().replace('\n', ' ').replace(" (in container '')", "");
        return new Fault(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()),
                message);
    }
}
