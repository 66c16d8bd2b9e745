package markdown

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// headline sums up the plan in one sentence: "1 monitor loosened, 1 monitor deleted: `@pagerduty-orders` will no longer be
// notified; 2 objects edited in Datadog are reverted".
func (m *comment) headline(own, drift []entry, all *recipients) markup {
	text, reverted := join(changeCounts(own), ", "), driftSummary(drift)
	mine, others := all, &recipients{}
	if m.base != nil {
		mine, others = all.split(recipientsOf(m.base.Config))
	}
	switch {
	case text == "" && m.isOffline():
		return "No changes: the configurations are identical"
	case text == "" && reverted == "":
		return "No changes: Datadog matches the configuration"
	case text == "":
		return "This pull request changes nothing; " + reverted + all.sentence()
	case reverted != "":
		return text + mine.sentence() + "; " + reverted + others.sentence()
	case render.HasNoChanges(m.plan):
		return text + ", already applied in Datadog"
	}
	return text + all.sentence()
}

// sentence names the recipients that will no longer be notified, and the new ones.
func (r *recipients) sentence() markup {
	var texts []markup
	if len(r.removed) > 0 {
		texts = append(texts, headlineHandles(r.removed)+" will no longer be notified")
	}
	if len(r.added) > 0 {
		texts = append(texts, headlineHandles(r.added)+" will also be notified")
	}
	if len(texts) == 0 {
		return ""
	}
	return ": " + join(texts, ", ")
}

// split separates the recipients that the pull request removes or adds from those that edits in Datadog changed.
func (r *recipients) split(own *recipients) (mine, others *recipients) {
	mine, others = &recipients{}, &recipients{}
	others.removed, _ = compareHandles(r.removed, own.removed)
	others.added, _ = compareHandles(r.added, own.added)
	mine.removed, _ = compareHandles(r.removed, others.removed)
	mine.added, _ = compareHandles(r.added, others.added)
	return mine, others
}

// changeCounts counts the changes by their impact, the most important first: "2 monitors loosened", "1 monitor deleted".
func changeCounts(list []entry) []markup {
	type outcome struct{ noun, verb markup }
	var order []outcome
	counts := map[outcome]int{}
	for _, impacts := range []bool{true, false} {
		for i := range list {
			e := &list[i]
			o := outcome{prose(safe.Line(e.Address.Kind)), ""}
			switch {
			case e.Action == plan.NoOp || impacts != (len(e.impacts) > 0):
				continue
			case e.isLoosened() && e.isTightened():
				o = outcome{"monitor", "loosened and tightened"}
			case e.isLoosened():
				o = outcome{"monitor", "loosened"}
			case e.isTightened():
				o = outcome{"monitor", "tightened"}
			default:
				o.verb = pastTense(e.Action)
			}
			if counts[o] == 0 {
				order = append(order, o)
			}
			counts[o]++
		}
	}
	texts := make([]markup, len(order))
	for i, o := range order {
		texts[i] = count(counts[o], o.noun) + " " + o.verb
	}
	return texts
}

func pastTense(a plan.Action) markup {
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
	return "unchanged"
}

// headlineHandles lists the first few handles, clipped.
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

// maxNamed is the number of names in a sentence; the rest is counted.
const maxNamed = 5

// codeAddresses lists the first few addresses.
func codeAddresses(list []object.Address) markup {
	var names []markup
	for i, a := range list {
		if i == maxNamed {
			return join(names, ", ") + " and " + count(len(list)-i, "other")
		}
		names = append(names, codeSpan(safe.Clip(a.String(), maxName)))
	}
	return join(names, ", ")
}

// Marker is the first line of a plan's comment. CI finds the comment to update in place by it.
func Marker(stack string) string { return string(marker("plan", stack)) }
