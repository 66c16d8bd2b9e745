package render

import (
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// headline says in one sentence what a reviewer has to know: "1 rule loosened, 1 monitor deleted: `@pagerduty-orders`
// will no longer be told".
func headline(p *plan.Plan, list []judged, a *audience) string {
	if p.Empty() && p.Summary().Blocked == 0 {
		return "No changes: Datadog matches the configuration"
	}
	text := strings.Join(deeds(list), ", ")
	var people []string
	if len(a.lost) > 0 {
		people = append(people, headlineHandles(a.lost)+" will no longer be told")
	}
	if len(a.gained) > 0 {
		people = append(people, headlineHandles(a.gained)+" will be told from now on")
	}
	if len(people) > 0 {
		text += ": " + strings.Join(people, ", ")
	}
	return text
}

// deeds counts the changes by what they mean, the most important first.
func deeds(list []judged) []string {
	type deed struct{ thing, done string }
	var order []deed
	counts := map[deed]int{}
	for _, rules := range []bool{true, false} {
		for i := range list {
			j := &list[i]
			d := deed{j.Address.Kind, ""}
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
	texts := make([]string, len(order))
	for i, d := range order {
		texts[i] = Count(counts[d], Clean(d.thing)) + " " + d.done
	}
	return texts
}

func done(a plan.Action) string {
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
func headlineHandles(list []string) string {
	const named, longest = 4, 50
	var names []string
	for i, h := range list {
		if i == named {
			return strings.Join(names, ", ") + " and " + Count(len(list)-named, "other")
		}
		names = append(names, codeSpan(clip(h, longest)))
	}
	return strings.Join(names, ", ")
}

// MarkdownMarker is the line that Markdown begins with. A comment that begins so is the one to update in place.
func MarkdownMarker(stack string) string {
	return "<!-- ddmon:plan " + clip(object.StackSlug(stack), 200) + " -->"
}
