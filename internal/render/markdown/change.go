package markdown

import (
	"cmp"
	"slices"
	"time"

	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// rank is the importance of a change to a reviewer. Lower ranks come first, and are the last to be cut.
type rank int

const (
	rankDelete rank = iota
	rankReplace
	rankBlocked
	rankLoosened
	rankTightened
	rankUpdate
	rankCreate
	rankNone
)

// entry is a change and its impact.
type entry struct {
	*plan.Change
	page    markup // the link to the live object; empty if it has no page
	impacts []impact
	overlap []plan.Edit // the edits at paths that the pull request changes too
	rank    rank
}

// entriesOf returns the changes of a plan, most important first, without unchanged objects.
func entriesOf(p *plan.Plan, of func(*plan.Change) entry) []entry {
	var list []entry
	for i := range p.Changes {
		e := of(&p.Changes[i])
		if e.rank = e.rankOf(); e.rank != rankNone {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(a.rank, b.rank) })
	return list
}

func (e *entry) rankOf() rank {
	switch e.Action {
	case plan.Delete:
		return rankDelete
	case plan.Replace:
		return rankReplace
	case plan.Blocked:
		return rankBlocked
	case plan.Create:
		return rankCreate
	case plan.NoOp:
		return rankNone
	case plan.Update:
	}
	switch {
	case e.isLoosened():
		return rankLoosened
	case len(e.impacts) > 0:
		return rankTightened
	}
	return rankUpdate
}

func (e *entry) isLoosened() bool {
	return slices.ContainsFunc(e.impacts, func(i impact) bool { return i.loosens })
}

func (e *entry) isTightened() bool {
	return slices.ContainsFunc(e.impacts, func(i impact) bool { return !i.loosens })
}

// verb says what happens to the object. It contains no text from outside.
func (e *entry) verb() markup {
	verbs := map[plan.Action]markup{
		plan.Create: "create", plan.Update: "update", plan.Replace: "replace", plan.Delete: "delete",
		plan.Blocked: "blocked", plan.NoOp: "unchanged",
	}
	text := verbs[e.Action]
	if e.Deposed {
		text += " (left by an interrupted replacement)"
	}
	switch {
	case e.isLoosened() && e.isTightened():
		text += ", loosened and tightened"
	case e.isLoosened():
		text += ", loosened"
	case e.isTightened():
		text += ", tightened"
	}
	if e.EditedOutside {
		text += ", edited outside ddmon"
	}
	if len(e.overlap) > 0 {
		text += ", also changed here"
	}
	return text
}

// line is the change as a list item, without its diff.
func (e *entry) line() markup {
	return "- " + e.verb() + " " + codeSpan(safe.Clip(e.Address.String(), maxName)) + "\n"
}

// folded is the change in a <details> element. Its diff is limited to so many bytes.
func (e *entry) folded(diffBytes int) markup {
	summary := "<b>" + e.verb() + "</b> " + htmlCode(safe.Clip(e.Address.String(), maxName))
	var texts []safe.Text
	for _, i := range e.impacts {
		texts = append(texts, i.text)
	}
	if len(e.Referrers) > 0 {
		texts = append(texts, "referenced from outside the stack")
	}
	if len(texts) > 0 {
		summary += ": " + htmlProse(safe.Join(texts, "; ").Clip(maxSentence))
	}
	var parts []markup
	for _, text := range e.references() {
		parts = append(parts, text, "\n\n")
	}
	if facts := e.facts(); facts != "" {
		parts = append(parts, facts, "\n\n")
	}
	if diff := diffFence(diffLines(e), diffBytes); diff != "" {
		parts = append(parts, diff, "\n")
	}
	if len(parts) == 0 { // nothing to unfold
		return summary + "\n\n"
	}
	return "<details><summary>" + summary + "</summary>\n\n" + join(parts, "") + "</details>\n\n"
}

// references lists the caveats of the plan, and the objects that refer to the changed one.
func (e *entry) references() []markup {
	var texts []markup
	if e.Action == plan.Delete && len(e.ReferredBy) > 0 {
		texts = append(texts, "Referenced by "+codeAddresses(e.ReferredBy)+".")
	}
	for _, text := range e.Caveats {
		texts = append(texts, prose(safe.Clip(text, maxSentence))+".")
	}
	for i, text := range e.Referrers {
		if i == maxNamed {
			texts = append(texts, "And "+count(len(e.Referrers)-i, "more reference")+" from outside the stack.")
			break
		}
		texts = append(texts, "Datadog says: "+codeSpan(safe.Clip(text, maxSentence/2))+".")
	}
	return texts
}

// facts are the link to the object, and the time of an edit outside ddmon.
func (e *entry) facts() markup {
	var facts []markup
	if e.page != "" {
		facts = append(facts, e.page)
	}
	if at, err := time.Parse(time.RFC3339Nano, e.ModifiedAt); err == nil && e.EditedOutside {
		facts = append(facts, "edited outside ddmon at "+minute(at))
	}
	return join(facts, " · ")
}
