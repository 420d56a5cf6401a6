#!/usr/bin/env bash
# The predictor alone in a Spark job in local mode, without Git and without a server: the same answers as `laurel predict`. Needs Spark from Maven
# Central (300 MB the first time), and so is no part of CI.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'rm -rf "$work"' EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR
git_of_its_own

rows=${ROWS:-200000}
mvn() { "$root/mvnw" -B -ntp -q "$@"; }
laurel() { "$root/laurel" "$@" --repo "$work/models.git"; }

mvn -f "$root/pom.xml" -Ppredictor -Dlaurel.checks=off -Dmaven.test.skip=true -pl model package >"$work/build.log" 2>&1
jar=$(ls "$root"/model/target/laurel-model-*-predictor.jar)
[ -z "$(unzip -Z1 "$jar" | grep -E '\.class$' | grep -v '^dev/laurel/' || true)" ] || fail "classes in $jar that could be met by others"
ok "the predictor is one jar of $(($(stat -c %s "$jar") / 1024)) KiB, all classes below dev.laurel"

# Its place in a repository of its own, so that nothing is left in the user's.
mvn -f "$root/examples/spark/pom.xml" org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file -Dfile="$jar" -DgroupId=dev.laurel -DartifactId=laurel-model \
    -Dversion=0.1.0-SNAPSHOT -Dclassifier=predictor -Dpackaging=jar -DgeneratePom=true >>"$work/build.log" 2>&1
mvn -f "$root/examples/spark/pom.xml" -DbuildDirectory="$work/spark" package dependency:build-classpath -Dmdep.outputFile="$work/classpath" >>"$work/build.log" 2>&1
ok "the example compiles"

laurel init --offline --with iris >"$work/init.log" 2>&1
laurel train iris --offline >"$work/train.log" 2>&1
git -C "$work/models.git" show main:environments/production/iris/champion.yaml >"$work/pin.yaml"
digest=$(sed -n 's/^digest: //p' "$work/pin.yaml")
hex=${digest#sha256:}
cp "$work/models.git/lfs/objects/${hex:0:2}/${hex:2:2}/$hex" "$work/iris.model"
awk -v n="$rows" 'BEGIN { srand(7); print "sepal_length,sepal_width,petal_length,petal_width,id";
    for (i = 1; i <= n; i++) printf "%.1f,%.1f,%.1f,%.1f,%d\n", 4 + rand() * 4, 2 + rand() * 2, 1 + rand() * 6, rand() * 2.5, i }' >"$work/rows.csv"

begin=$(now_ms)
java -Xmx1g --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
    --add-opens=java.base/java.lang.invoke=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/sun.security.action=ALL-UNNAMED \
    -Dspark.master='local[2]' -Dspark.ui.enabled=false -Dspark.sql.files.maxPartitionBytes=1000000 \
    -cp "$root/examples/spark/target/classes:$(cat "$work/classpath")" dev.laurel.example.PredictJob "$work/iris.model" "$digest" "$work/rows.csv" "$work/predictions" \
    >"$work/spark.log" 2>&1
parts=$(find "$work/predictions" -name '*.csv' | wc -l)
ok "Spark answered for $rows rows in $parts partitions in $((($(now_ms) - begin) / 1000)) s"

laurel predict iris --from "$work/rows.csv" --key id --to "$work/laurel.csv" 2>"$work/predict.log"
# id, label, probability
find "$work/predictions" -name '*.csv' -exec tail -q -n +2 {} + | awk -F, '{ print $5 "," $6 "," $7 + 0 }' | sort >"$work/from-spark"
tail -n +2 "$work/laurel.csv" | awk -F, '{ print $1 "," $2 "," $3 + 0 }' | sort >"$work/from-laurel"
cmp "$work/from-spark" "$work/from-laurel" || fail "Spark and laurel predict differ"
[ "$(wc -l <"$work/from-spark")" = "$rows" ] || fail "rows are missing"
ok "each answer is that of laurel predict"

if java -cp "$root/examples/spark/target/classes:$(cat "$work/classpath")" dev.laurel.example.PredictJob "$work/iris.model" "sha256:${hex//[0-9]/0}" "$work/rows.csv" "$work/no" >"$work/no.log" 2>&1; then
    fail "bytes of another digest are taken"
fi
grep -q 'digest: sha256:' "$work/no.log" || fail "the digest is not named"
ok "bytes of another digest are refused"
all_passed
