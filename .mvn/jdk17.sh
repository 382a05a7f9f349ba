# Read by the scripts of this repository: leaves a JDK 17 in JAVA_HOME, or says what to do.

is_jdk17() {
  [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 17\.'
}

find_jdk17() {
  javac_home=
  if command -v javac >/dev/null; then
    # The compiler on the path is often a chain of links into the JDK.
    javac_home=$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")")
  fi
  for candidate in "${JAVA_HOME:-}" "$javac_home" /usr/lib/jvm/*17*; do
    if [ -n "$candidate" ] && is_jdk17 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

on_debian_as_root() {
  [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]
}

# Installs Debian packages; what apt-get says goes to stderr.
apt_install() {
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@"; } >&2
}

require_jdk17() {
  find_jdk17 && return
  if on_debian_as_root; then
    echo "Installing openjdk-17-jdk-headless" >&2
    apt_install openjdk-17-jdk-headless || true
    find_jdk17 && return
  fi
  echo "Latchkey needs a JDK 17, and there is none in JAVA_HOME, on the PATH or below /usr/lib/jvm." >&2
  echo "Install one (Debian 12, Ubuntu: apt-get install openjdk-17-jdk-headless) or point JAVA_HOME at it." >&2
  exit 1
}
