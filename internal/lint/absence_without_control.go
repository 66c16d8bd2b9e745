package lint

import (
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/object"
)

func absenceWithoutControl() Rule {
	return Rule{Code: "absence_without_control", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, g := range p.in.Guides {
			for _, s := range g.Steps {
				missing := missingControls(g, s)
				if len(missing) == 0 {
					continue
				}
				p.addFinding(stepLocation(g, s), "Absence without a positive control",
					"Step %s can be decided by an empty answer, which has other causes too: without %s, ddmon cannot exclude them, and the verdict is unknown. Add what is missing.",
					s.Name, strings.Join(missing, " and "))
			}
		}
	}}
}

// missingControls returns what a step needs to decide about an empty answer and does not have.
func missingControls(g *guide.Guide, s *guide.Step) []string {
	if !s.Expect.NeedsControl(s.Question.Product) {
		return nil
	}
	var missing []string
	if g.TrafficOf(s) == "" {
		missing = append(missing, "traffic in the guide's control block")
	}
	if s.Probe == "" {
		missing = append(missing, "a probe of the pipeline")
	}
	return missing
}

// stepLocation returns the location of a step. Guides are not objects of Datadog, so the location has only an
// address and a position.
func stepLocation(g *guide.Guide, s *guide.Step) location {
	o := &object.Object{Address: object.Address{Kind: "guide", Name: g.Name}, Ranges: object.Ranges{"": s.Range}}
	return location{o: o}
}
