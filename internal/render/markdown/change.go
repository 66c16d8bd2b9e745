package markdown

import (
	"cmp"
	"slices"
	"time"

	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// weight is how much a reviewer has to see a change; the least comes first, in the comment and in what is kept of it.
type weight int

const (
	weightDelete weight = iota
	weightReplace
	weightBlocked
	weightLoosened
	weightTightened
	weightUpdate
	weightCreate
	weightNone
)

// judged is a change with what it means.
type judged struct {
	*plan.Change
	page   markup // the link to the live object; empty if there is none
	shifts []shift
	both   []plan.Edit // those of its edits at places that the pull request changes as well
	weight weight
}

// judge weighs the changes of a plan, most important first, and leaves out what is none.
func judge(p *plan.Plan, of func(*plan.Change) judged) []judged {
	var list []judged
	for i := range p.Changes {
		j := of(&p.Changes[i])
		if j.weight = j.weigh(); j.weight != weightNone {
			list = append(list, j)
		}
	}
	slices.SortStableFunc(list, func(a, b judged) int { return cmp.Compare(a.weight, b.weight) })
	return list
}

func (j *judged) weigh() weight {
	switch j.Action {
	case plan.Delete:
		return weightDelete
	case plan.Replace:
		return weightReplace
	case plan.Blocked:
		return weightBlocked
	case plan.Create:
		return weightCreate
	case plan.NoOp:
		return weightNone
	case plan.Update:
	}
	switch {
	case j.isLoosened():
		return weightLoosened
	case len(j.shifts) > 0:
		return weightTightened
	}
	return weightUpdate
}

func (j *judged) isLoosened() bool {
	return slices.ContainsFunc(j.shifts, func(s shift) bool { return s.looser })
}

func (j *judged) isTightened() bool {
	return slices.ContainsFunc(j.shifts, func(s shift) bool { return !s.looser })
}

// verb says what happens to the object, in words that hold nothing from outside.
func (j *judged) verb() markup {
	verbs := map[plan.Action]markup{
		plan.Create: "create", plan.Update: "update", plan.Replace: "replace", plan.Delete: "delete",
		plan.Blocked: "blocked", plan.NoOp: "as configured",
	}
	text := verbs[j.Action]
	if j.Deposed {
		text += " (left by a replacement that was interrupted)"
	}
	switch {
	case j.isLoosened() && j.isTightened():
		text += ", loosened and tightened"
	case j.isLoosened():
		text += ", loosened"
	case j.isTightened():
		text += ", tightened"
	}
	if j.EditedOutside {
		text += ", edited outside ddmon"
	}
	if len(j.both) > 0 {
		text += ", also changed here"
	}
	return text
}

// line is the change without its body, for a list.
func (j *judged) line() markup {
	return "- " + j.verb() + " " + codeSpan(safe.Clip(j.Address.String(), longestName)) + "\n"
}

// folded is the change behind its summary. most is how many bytes of differences are shown.
func (j *judged) folded(most int) markup {
	summary := "<b>" + j.verb() + "</b> " + htmlCode(safe.Clip(j.Address.String(), longestName))
	var texts []safe.Text
	for _, s := range j.shifts {
		texts = append(texts, s.text)
	}
	if len(j.Referrers) > 0 {
		texts = append(texts, "objects outside of the stack refer to it")
	}
	if len(texts) > 0 {
		summary += ": " + htmlWords(safe.Join(texts, "; ").Clip(longestSentence))
	}
	parts := []markup{"<details><summary>", summary, "</summary>\n\n"}
	for _, text := range j.mentions() {
		parts = append(parts, text, "\n\n")
	}
	if facts := j.facts(); facts != "" {
		parts = append(parts, facts, "\n\n")
	}
	if diff := diffFence(diffLines(j), most); diff != "" {
		parts = append(parts, diff, "\n")
	}
	return join(append(parts, "</details>\n\n"), "")
}

// mentions says who refers to an object that goes away.
func (j *judged) mentions() []markup {
	var texts []markup
	if j.Action == plan.Delete && len(j.ReferredBy) > 0 {
		texts = append(texts, "Referred to by "+codeAddresses(j.ReferredBy)+".")
	}
	for _, text := range j.Caveats {
		texts = append(texts, prose(safe.Clip(text, longestSentence))+".")
	}
	for i, said := range j.Referrers {
		if i == namedInText {
			texts = append(texts, "And "+count(len(j.Referrers)-i, "more reference")+" from outside of the stack.")
			break
		}
		texts = append(texts, "Datadog says: "+codeSpan(safe.Clip(said, longestSentence/2))+".")
	}
	return texts
}

// facts are the link to the object and when it was edited outside.
func (j *judged) facts() markup {
	var facts []markup
	if j.page != "" {
		facts = append(facts, j.page)
	}
	if at, err := time.Parse(time.RFC3339Nano, j.ModifiedAt); err == nil && j.EditedOutside {
		facts = append(facts, "edited outside ddmon at "+minute(at))
	}
	return join(facts, " · ")
}
