package org.tinytune.data.check;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Labels, and groups, that are one name written in several ways. */
final class Names {
    private static final int MAX_SHOWN = 5;
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*[.,]?[0-9]+");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_.\\-]+");

    private Names() {}

    static List<Finding> findings(CheckedData data) {
        List<Finding> findings = new ArrayList<>();
        look("labels", data.data().labels(), findings);
        look("groups", data.data().groups(), findings);
        return findings;
    }

    private static void look(String what, List<String> names, List<Finding> findings) {
        Map<String, List<String>> byForm = new LinkedHashMap<>();
        names.forEach(name ->
                byForm.computeIfAbsent(plain(name), form -> new ArrayList<>()).add(name));
        List<String> alike = byForm.values().stream()
                .filter(list -> list.size() > 1)
                .map(list -> "'" + String.join("' and '", list) + "'")
                .toList();
        if (!alike.isEmpty()) {
            String shown = String.join("; ", alike.subList(0, Math.min(MAX_SHOWN, alike.size())));
            findings.add(Finding.of(
                    Severity.WARNING,
                    "similar-" + what,
                    what + " differ only by case, spaces, punctuation or accents: " + shown,
                    alike.size(),
                    "if they are one, write them in one way"));
        }
    }

    /** Without what people write in several ways; in a number, signs and points have a meaning. */
    private static String plain(String name) {
        if (NUMBER.matcher(name).matches()) {
            return name;
        }
        String letters = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        return SEPARATORS.matcher(letters).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
