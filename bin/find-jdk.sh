# Sourced by the commands beside it: find_jdk prints the home of a JDK that can run Gatehouse.

least_java=25

# The release file answers without starting a JVM.
java_feature_version() {
    if [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    fi
}

find_jdk() {
    path_java=$(command -v java || true)
    path_home=
    if [ -n "$path_java" ]; then
        path_home=$(dirname "$(dirname "$(readlink -f "$path_java")")")
    fi
    for home in "${JAVA_HOME:-}" "$path_home" /usr/lib/jvm/* /opt/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$home" ] || continue
        version=$(java_feature_version "$home")
        if [ "${version:-0}" -ge "$least_java" ]; then
            echo "$home"
            return 0
        fi
    done
    echo "Gatehouse needs a JDK $least_java or newer and found none. Install one (for example Temurin" \
        "$least_java from https://adoptium.net) or set JAVA_HOME to it." >&2
    return 1
}
