package dev.laurel.run;

import dev.laurel.model.Provenance;
import java.util.SortedMap;

/** What a training runs on, as far as its bytes may depend on it. */
record Platform(String laurel, String java, String os, String architecture, SortedMap<String, String> libraries) {
    static Platform here() {
        BuildInfo build = BuildInfo.read();
        return new Platform(
                build.laurel(),
                System.getProperty("java.vm.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                build.libraries());
    }

    static Platform of(Provenance provenance) {
        return new Platform(
                provenance.laurel(),
                provenance.java(),
                provenance.os(),
                provenance.architecture(),
                provenance.libraries());
    }
}
