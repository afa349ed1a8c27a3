# shellcheck shell=sh
# Sourced by ./mp and benchmarks/compare: finds what they run on. Defines functions, does nothing by itself.

# jdk_major HOME: prints the feature version (17, 21, …) of the JDK in HOME, or nothing when there is none.
# Reads the file "release" that every JDK carries, since starting each candidate would cost more than the command itself.
jdk_major() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'
    fi
}

# resolve FILE: prints the file behind a chain of symbolic links. "readlink -f" is not everywhere.
resolve() {
    resolve_file=$1
    while [ -L "$resolve_file" ]; do
        resolve_link=$(readlink "$resolve_file")
        case $resolve_link in
            /*) resolve_file=$resolve_link ;;
            *) resolve_file=$(dirname "$resolve_file")/$resolve_link ;;
        esac
    done
    printf '%s\n' "$resolve_file"
}

# jdk_candidates: prints the places where a JDK may be, most wanted first, one a line.
jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    if command -v java >/dev/null 2>&1; then
        dirname "$(dirname "$(resolve "$(command -v java)")")"
    fi
    if [ -x /usr/libexec/java_home ]; then # macOS
        /usr/libexec/java_home -v 21+ 2>/dev/null
    fi
    for jdk_dir in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${SDKMAN_CANDIDATES_DIR:-${HOME:-}/.sdkman/candidates}"/java/* \
        "${HOME:-}"/.jdks/* \
        "${HOME:-}"/.asdf/installs/java/* \
        "${HOME:-}"/.local/share/mise/installs/java/*; do
        [ ! -d "$jdk_dir" ] || printf '%s\n' "$jdk_dir"
    done
}

# find_jdk: prints the home of the first JDK 21 or later; fails without a word when there is none.
find_jdk() {
    jdk_candidates | while IFS= read -r jdk_home; do
        jdk_version=$(jdk_major "$jdk_home")
        if [ "${jdk_version:-0}" -ge 21 ]; then
            printf '%s\n' "$jdk_home"
            break
        fi
    done | grep .
}

# need_jdk NAME: sets $jdk and the options $jdk_options for it, or ends the program NAME with the way out.
need_jdk() {
    if jdk=$(find_jdk); then
        # chronicle-bytes uses sun.misc.Unsafe, which JDK 24 warns of on stderr; the option to be silent came with 23.
        jdk_options=
        [ "$(jdk_major "$jdk")" -lt 23 ] || jdk_options=--sun-misc-unsafe-memory-access=allow
        return 0
    fi
    cat >&2 <<END
$1: no JDK 21 or later was found in JAVA_HOME, on the PATH, or where JDKs are usually installed
$1: install one, e.g. from https://adoptium.net, with your package manager, or with SDKMAN ("sdk install java 21-tem");
$1: if it is in an unusual place, set JAVA_HOME to it
END
    exit 127
}

# build_module NAME MODULE: builds MODULE and what it depends on, unless its last build is newer than all their sources.
# Call it from the repository's root, after need_jdk. The checks and tests of "mvn verify" are left out; compiler
# warnings are errors as always, so that both builds leave the same classes behind.
build_module() {
    build_name=$1
    build_module=$2
    build_stamp=$build_module/target/launcher/stamp
    build_is_fresh && return 0
    if ! command -v mvn >/dev/null 2>&1; then
        echo "$build_name: Maven is needed to build messageport, and there is no mvn on the PATH" >&2
        echo "$build_name: install Maven 3.8 or later, from https://maven.apache.org or with your package manager" >&2
        exit 127
    fi
    build_lock
    build_is_fresh || build_with_maven
    build_unlock
}

# Directories count too: a deleted source changes nothing else.
build_is_fresh() {
    [ -f "$build_stamp" ] && [ -d "$build_module/target/lib" ] || return 1
    for build_part in mp-api mp-runtime mp-transport mp-testkit examples "$build_module"; do
        [ ! -d "$build_part/src/main" ] || printf '%s\n' "$build_part/src/main"
        printf '%s\n' "$build_part/pom.xml"
    done | {
        set -- pom.xml
        while IFS= read -r build_part; do
            set -- "$@" "$build_part"
        done
        [ -z "$(find "$@" -newer "$build_stamp" -print 2>/dev/null | head -n 1)" ]
    }
}

# A directory is the one thing that every shell makes atomically. The holder's number tells a killed one from a busy one.
build_lock() {
    build_waits=0
    mkdir -p "$build_module/target/launcher"
    until mkdir "$build_module/target/launcher/lock" 2>/dev/null; do
        build_holder=$(cat "$build_module/target/launcher/lock/pid" 2>/dev/null || true)
        if [ -n "$build_holder" ] && kill -0 "$build_holder" 2>/dev/null; then
            [ "$build_waits" -gt 0 ] || echo "$build_name: waiting for another build (process $build_holder)" >&2
        elif [ "$build_waits" -gt 0 ]; then # the holder had a second to write its number, and is gone
            mv "$build_module/target/launcher/lock" "$build_module/target/launcher/dead.$$" 2>/dev/null &&
                rm -rf "$build_module/target/launcher/dead.$$"
        fi
        build_waits=$((build_waits + 1))
        sleep 1
    done
    echo $$ >"$build_module/target/launcher/lock/pid"
    trap 'build_unlock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

build_unlock() {
    rm -rf "$build_module/target/launcher/lock"
    trap - EXIT INT TERM
}

build_with_maven() {
    echo "$build_name: building (the first time, Maven also downloads the libraries)" >&2
    build_log=$build_module/target/launcher/build.log
    # Taken before the build: what is edited while it runs is built the next time.
    : >"$build_stamp.taken"
    # Removed, not overwritten: a running process has the old ones open, and libraries may have gone.
    rm -rf "$build_module/target/lib" "$build_module"/target/*.jar
    (
        # Shown to Maven's own search for a JDK, which knows other places than ours.
        export JAVA_LAUNCHER_HOME="$jdk"
        if [ -n "${JAVA_HOME:-}" ] && [ ! -x "$JAVA_HOME/bin/java" ] || ! command -v java >/dev/null 2>&1; then
            export JAVA_HOME="$jdk"
        fi
        exec mvn -pl "$build_module" -am package -Dmaven.test.skip=true -Dchecks.skip=true
    ) >"$build_log" 2>&1 </dev/null || {
        grep -E '^\[(WARNING|ERROR)]|^Error|^The JAVA_HOME' "$build_log" | grep -vE '\[Help 1]|[Rr]e-run Maven|For more information|After correcting|mvn <args>|^\[ERROR] *$' >&2
        echo "$build_name: the build failed, see above; all that Maven said is in $PWD/$build_log" >&2
        exit 1
    }
    mv "$build_stamp.taken" "$build_stamp"
}
