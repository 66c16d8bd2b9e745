package markdown

import (
	"io"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// Verification writes the result of a guide as an incident document: conclusions first, then the steps.
func Verification(w io.Writer, v *render.Verification) error {
	p := newPage(defaultBudget, 0)
	p.add(marker("verify", v.Guide) + "\n### " + prose(safe.Line(v.Guide)) + ": " + prose(safe.Line(v.Outcome)) + "\n\n")
	at := "As of " + second(v.At)
	if v.Recording != "" {
		at += " in recording " + codeSpan(safe.Clip(v.Recording, maxName))
	}
	p.add(at + ".\n\n")
	for i := range v.Conclusions {
		if v.Conclusions[i].Holds == "yes" {
			p.add(conclusion(&v.Conclusions[i]))
		}
	}
	if v.Outcome == "could not tell" {
		text := markup("No conclusion holds, and these steps are not ok: ")
		for i, name := range v.Preventing {
			if i > 0 {
				text += ", "
			}
			text += codeSpan(safe.Clip(name, maxName))
		}
		p.add(text + ".\n\n")
	}
	p.table(stepTable(v), p.left)
	return p.writeTo(w)
}

// conclusion writes one conclusion with its evidence.
func conclusion(c *render.Conclusion) markup {
	text := "#### " + codeSpan(safe.Clip(c.Name, maxName))
	if c.Severity != "" {
		text += ", severity " + prose(safe.Line(c.Severity))
	}
	text += "\n\n"
	for _, field := range []struct {
		label markup
		text  string
	}{{"Cause", c.Cause}, {"Impact", c.Impact}} {
		if field.text != "" {
			text += "**" + field.label + ":** " + prose(safe.Clip(field.text, maxSentence)) + "\n\n"
		}
	}
	if len(c.Evidence) > 0 {
		text += "| Since | Step | Evidence |\n|---|---|---|\n"
	}
	for _, e := range c.Evidence {
		since := markup("")
		if e.Onset != nil {
			since = second(*e.Onset)
		}
		text += "| " + since + " | " + codeSpan(safe.Clip(e.Step, maxName)) + " | " + prose(safe.Clip(e.Sentence, maxSentence)) + " |\n"
	}
	text += "\n"
	for _, field := range []struct {
		label markup
		text  string
	}{{"Remediation (not run)", c.Remediation}, {"Verify", c.Verify}} {
		if field.text != "" {
			text += "**" + field.label + ":** " + codeSpan(safe.Clip(field.text, maxSentence)) + "\n\n"
		}
	}
	return text
}

func stepTable(v *render.Verification) table {
	t := table{title: "Steps", noun: "step", header: "| Verdict | Step | Result |\n|---|---|---|\n"}
	for i := range v.Steps {
		s := &v.Steps[i]
		text := s.Sentence
		if s.Reason != "" {
			text += " " + s.Reason
		}
		t.rows = append(t.rows, "| "+prose(safe.Line(s.Verdict))+" | "+codeSpan(safe.Clip(s.Name, maxName))+" | "+prose(safe.Clip(text, 2*maxSentence))+" |\n")
	}
	return t
}
