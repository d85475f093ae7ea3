package io.gatehouse.policy.yaml;

import java.util.List;

/**
 * One file of cases.
 *
 * @param cases in order
 * @param complaints everything wrong; the cases mean nothing unless this is empty
 */
public record CaseDocument(List<Case> cases, List<Complaint> complaints) {
    public CaseDocument {
        cases = List.copyOf(cases);
        complaints = List.copyOf(complaints);
    }

    /** Reads the text of a file. */
    public static CaseDocument read(String yaml) {
        Places places = new Places(yaml);
        List<Case> cases =
                Roots.of(yaml, places)
                        .map(root -> new CaseReader(places).read(root))
                        .orElse(List.of());
        return new CaseDocument(cases, places.complaints());
    }
}
