package markdown

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// headline says in one sentence what a reviewer has to know: "1 rule loosened, 1 monitor deleted: `@pagerduty-orders`
// will no longer be told; 2 objects edited in Datadog are set back".
func (m *comment) headline(own, drift []judged, a *audience) markup {
	text, back := join(deeds(own), ", "), setBack(drift)
	mine, others := a, &audience{}
	if m.base != nil {
		mine, others = a.split(audienceOf(m.base.Config))
	}
	switch {
	case text == "" && m.isOffline():
		return "No changes: the two configurations are the same"
	case text == "" && back == "":
		return "No changes: Datadog matches the configuration"
	case text == "":
		return "This pull request changes nothing; " + back + a.sentence()
	case back != "":
		return text + mine.sentence() + "; " + back + others.sentence()
	case render.IsSame(m.plan):
		return text + ", which is so in Datadog already"
	}
	return text + a.sentence()
}

// sentence says who will no longer be told, and who will.
func (a *audience) sentence() markup {
	var people []markup
	if len(a.lost) > 0 {
		people = append(people, headlineHandles(a.lost)+" will no longer be told")
	}
	if len(a.gained) > 0 {
		people = append(people, headlineHandles(a.gained)+" will be told from now on")
	}
	if len(people) == 0 {
		return ""
	}
	return ": " + join(people, ", ")
}

// split tells apart whom the pull request has told no longer, or newly, and whom others had told meanwhile.
func (a *audience) split(own *audience) (mine, others *audience) {
	mine, others = &audience{}, &audience{}
	others.lost, _ = compareHandles(a.lost, own.lost)
	others.gained, _ = compareHandles(a.gained, own.gained)
	mine.lost, _ = compareHandles(a.lost, others.lost)
	mine.gained, _ = compareHandles(a.gained, others.gained)
	return mine, others
}

// deeds counts the changes by what they mean, the most important first.
func deeds(list []judged) []markup {
	type deed struct{ thing, done markup }
	var order []deed
	counts := map[deed]int{}
	for _, rules := range []bool{true, false} {
		for i := range list {
			j := &list[i]
			d := deed{prose(safe.Line(j.Address.Kind)), ""}
			switch {
			case j.Action == plan.NoOp || rules != (len(j.shifts) > 0):
				continue
			case j.isLoosened() && j.isTightened():
				d = deed{"rule", "loosened and tightened"}
			case j.isLoosened():
				d = deed{"rule", "loosened"}
			case j.isTightened():
				d = deed{"rule", "tightened"}
			default:
				d.done = done(j.Action)
			}
			if counts[d] == 0 {
				order = append(order, d)
			}
			counts[d]++
		}
	}
	texts := make([]markup, len(order))
	for i, d := range order {
		texts[i] = count(counts[d], d.thing) + " " + d.done
	}
	return texts
}

func done(a plan.Action) markup {
	switch a {
	case plan.Create:
		return "created"
	case plan.Update:
		return "updated"
	case plan.Replace:
		return "replaced"
	case plan.Delete:
		return "deleted"
	case plan.Blocked:
		return "blocked"
	case plan.NoOp:
	}
	return "as configured"
}

// headlineHandles names a few handles.
func headlineHandles(list []string) markup {
	const named, longest = 4, 50
	var names []markup
	for i, h := range list {
		if i == named {
			return join(names, ", ") + " and " + count(len(list)-named, "other")
		}
		names = append(names, codeSpan(safe.Clip(h, longest)))
	}
	return join(names, ", ")
}

// namedInText is how many names a sentence holds before it counts.
const namedInText = 5

// codeAddresses names a few objects.
func codeAddresses(list []object.Address) markup {
	var names []markup
	for i, a := range list {
		if i == namedInText {
			return join(names, ", ") + " and " + count(len(list)-i, "other")
		}
		names = append(names, codeSpan(safe.Clip(a.String(), longestName)))
	}
	return join(names, ", ")
}

// Marker is the line that a plan begins with. A comment that begins so is the one to update in place.
func Marker(stack string) string { return string(marker("plan", stack)) }
