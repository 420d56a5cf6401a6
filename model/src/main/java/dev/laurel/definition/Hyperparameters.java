package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A trainer's hyperparameters by name. They are the components of its record, so that a new one needs no line here. */
public final class Hyperparameters {
    private Hyperparameters() {}

    /**
     * The trainer with the hyperparameters of an experiment.
     *
     * @throws InvalidValueException when it has no such hyperparameter, or not of such a value
     */
    public static Trainer with(Trainer trainer, Experiment experiment) {
        RecordComponent[] components = trainer.getClass().getRecordComponents();
        Map<String, Double> values = experiment.hyperparameters();
        List<String> known = Arrays.stream(components)
                .filter(Hyperparameters::isNumber)
                .map(Hyperparameters::written)
                .toList();
        for (String name : values.keySet()) {
            Expect.that(
                    known.contains(name),
                    name,
                    "unknown hyperparameter",
                    known.isEmpty()
                            ? "none; this trainer has no hyperparameters"
                            : "one of " + String.join(", ", known));
        }
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = written(components[i]);
            Double value = values.get(name);
            arguments[i] =
                    value == null ? current(trainer, components[i]) : typed(name, value, components[i].getType());
        }
        return made(trainer, components, arguments);
    }

    /** Whether it takes whole numbers only. */
    static boolean isWhole(Trainer trainer, String name) {
        return Arrays.stream(trainer.getClass().getRecordComponents())
                .anyMatch(component -> written(component).equals(name) && component.getType() == int.class);
    }

    /** Others, such as the kernel of a support vector machine, are the same in every experiment. */
    private static boolean isNumber(RecordComponent component) {
        return component.getType() == int.class || component.getType() == double.class;
    }

    private static String written(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object current(Trainer trainer, RecordComponent component) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(trainer));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of this package are open to it", e);
        }
    }

    private static Object typed(String name, double value, Class<?> type) {
        if (type != int.class) {
            return value;
        }
        Expect.that(value == (int) value, name, Experiment.number(value), "a whole number");
        return (int) value;
    }

    private static Trainer made(Trainer trainer, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<? extends Trainer> constructor = trainer.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidValueException invalid) {
                throw invalid;
            }
            throw new IllegalStateException("records only check their values", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of this package are open to it", e);
        }
    }
}
