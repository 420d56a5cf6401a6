package dev.laurel.cli;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.laurel.definition.Balance;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.feature.Feature;
import dev.laurel.gate.Rule;
import dev.laurel.model.Metric;
import dev.laurel.predictor.Compiled;
import dev.laurel.split.Split;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Counts the files that know a kind by its name. A kind more is its own files and a line in a list; whoever else asks which kind it has shows up here. */
class KindsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.laurel");

    private static final List<Axis> AXES = List.of(
            new Axis(Source.class, "dev\\.laurel\\.source\\..*"),
            new Axis(Feature.class, ""),
            new Axis(Target.class, ""),
            new Axis(Task.class, "dev\\.laurel\\.task\\.(Label|Direction|Change|Value)"),
            new Axis(Split.class, ""),
            new Axis(Trainer.class, "dev\\.laurel\\.learn\\.(Learners|Growth|\\w+Learner)"),
            new Axis(Balance.class, "dev\\.laurel\\.learn\\.(Balancing|Smote|Weighing)"),
            new Axis(Rule.class, ""),
            new Axis(Search.class, "dev\\.laurel\\.definition\\.\\w+Trials"),
            new Axis(
                    Compiled.class,
                    "dev\\.laurel\\.(predictor\\.PredictorFormat|predictor\\.TreesFormat|predictor\\.BoostedTrees|learn\\..*)"));

    /** A sealed type, and which classes, besides the kind's own file and the list of names, may name one of its kinds. */
    private record Axis(Class<?> type, String others) {
        Stream<Class<?>> kinds() {
            return kinds(type);
        }

        private static Stream<Class<?>> kinds(Class<?> type) {
            return type.isSealed()
                    ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Axis::kinds)
                    : Stream.of(type);
        }

        boolean mayName(String file, String kind) {
            return file.equals(file(kind))
                    || file.equals(type.getName())
                    || file.equals("dev.laurel.yaml.Kinds")
                    || file.matches(others);
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static String file(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    @ParameterizedTest
    @FieldSource("AXES")
    void aKindIsNamedInItsOwnFilesAndItsListAlone(Axis axis) {
        assertThat(axis.kinds())
                .hasSizeGreaterThan(1)
                .allSatisfy(kind -> assertThat(filesNaming(kind))
                        .as("files that name %s", kind.getName())
                        .allMatch(file -> axis.mayName(file, kind.getName())));
    }

    private static Set<String> filesNaming(Class<?> kind) {
        return CLASSES.get(kind).getDirectDependenciesToSelf().stream()
                .map(dependency -> dependency.getOriginClass())
                .map(JavaClass::getName)
                .map(KindsTest::file)
                .collect(toCollection(TreeSet::new));
    }

    @Test
    void onlyALearnerNamesItsTrainer() {
        Set<String> growth = Set.of("dev.laurel.learn.Growth", "dev.laurel.learn.Learners");
        assertThat(new Axis(Trainer.class, "").kinds())
                .allSatisfy(kind -> assertThat(filesNaming(kind).stream()
                                .filter(file -> file.startsWith("dev.laurel.learn.") && !growth.contains(file)))
                        .as("learners of %s", kind.getSimpleName())
                        .hasSizeLessThanOrEqualTo(1));
    }

    /** A metric is its constant and the place that computes it; a card chooses which it shows. */
    @ParameterizedTest
    @EnumSource
    void aMetricIsNamedWhereItIsComputed(Metric metric) {
        Set<String> files = CLASSES.get(Metric.class).getField(metric.name()).getAccessesToSelf().stream()
                .map(access -> file(access.getOriginOwner().getName()))
                .collect(toSet());
        assertThat(files)
                .allMatch(
                        file -> file.matches(
                                "dev\\.laurel\\.(model\\.Metric|evaluation\\.\\w+Metrics|evaluation\\.\\w+Intervals|task\\.TaskMetrics|card\\.\\w+)"));
    }
}
