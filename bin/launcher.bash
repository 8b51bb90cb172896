# What the commands of this checkout have in common: finds java, builds what is not built. To be sourced, with $home (the
# checkout) and $program (the command's name) set; sets $java, its major version $major, $flags and $stamp, the class path's file.
# shellcheck shell=bash disable=SC2154
stamp=$home/harness/target/mastership.classpath
lock=$home/harness/target/build.lock

fail() {
  echo "$program: $1" >&2
  exit 69
}

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
elif ! java=$(command -v java); then
  fail "no java found; install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)"
fi

# The major version. A JDK says it in a file; asking java itself takes as long as many a command.
version() {
  local release
  release=$(dirname "$(dirname "$(readlink -f "$java")")")/release
  if [ -r "$release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release"
  else
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p'
  fi
}

# Whether any source is newer than the last build, or the checkout was moved since.
stale() {
  [ ! -f "$stamp" ] || [ "$(head -c $((${#home} + 1)) "$stamp")" != "$home/" ] \
    || [ -n "$(find "$home/pom.xml" "$home"/{core,node,spec,harness}/pom.xml \
      "$home"/{core,node,harness}/src/main "$home/spec/src/main/java" -newer "$stamp" -print -quit)" ]
}

# One of several that start together builds, the others wait for it.
build() {
  mkdir -p "$home/harness/target"
  exec 9>"$lock"
  flock 9
  if stale; then
    case "$("$java" --list-modules)" in
      *jdk.compiler*) ;;
      *) fail "$java has no compiler; install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)" ;;
    esac
    echo "$program: building, once" >&2
    touch "$stamp.begun"
    (cd "$home" && ./mvnw -q -B -ntp -pl harness -am -Dmaven.test.skip=true package \
      dependency:build-classpath -DincludeScope=runtime -DexcludeGroupIds=org.mastership -Dmdep.outputFile=target/dependencies.classpath >&2) \
      || fail "the build failed, see above"
    printf '%s' "$(printf "$home/%s/target/classes:" harness spec node core)$(
      cat "$home/harness/target/dependencies.classpath")" >"$stamp.new"
    touch -r "$stamp.begun" "$stamp.new"      # what is edited during the build is newer
    mv "$stamp.new" "$stamp"
  fi
  exec 9>&-
}

major=$(version)
if [ "${major:-17}" -lt 17 ]; then
  fail "$java is version $major; install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)"
fi
if stale; then build; fi

flags=(-XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto "-Dmastership.spec.home=$home/spec")
if [ "${major:-17}" -ge 24 ]; then
  flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
fi

# run MAIN ARGUMENT...: becomes the command.
run() {
  # shellcheck disable=SC2086
  exec "$java" "${flags[@]}" ${MASTERSHIP_JAVA_OPTIONS:-} -cp "$(cat "$stamp")" "$@"
}
