package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// What is computed from a sensitive value is hidden by its place in a body. It may come back elsewhere: in an error of
// Datadog's, in a notification that a message is rendered to, in an object whose block was removed. So the texts that make up
// such values are remembered as well: results of functions, parts of templates, values of fields.

// The most texts that are remembered, and the most bytes of them. A stack with more is an error: what is not remembered
// would be shown where its place alone does not hide it.
const (
	maxLearned      = 100_000
	maxLearnedBytes = 32 << 20
)

// learned are the texts that are remembered.
type learned struct {
	// from says by its text which sensitive variables each came from; it is empty if nonsensitive says that the text is not
	// sensitive.
	from  map[string]string
	bytes int
}

// learn remembers the texts of those parts of a value that are sensitive.
func (l *loader) learn(v cty.Value) { l.learnTexts(v, func(string) bool { return true }) }

// learnField does so for what a field holds. Of a text of several lines, which was a template elsewhere, the parts are
// known; each of its lines would hide the same line of any other text.
func (l *loader) learnField(v cty.Value) {
	l.learnTexts(v, func(text string) bool { return !strings.Contains(text, "\n") })
}

func (l *loader) learnTexts(v cty.Value, wanted func(string) bool) {
	if v == cty.NilVal || !hasSensitive(v) {
		return
	}
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) { // it returns no error of its own
		if !v.IsMarked() {
			return true, nil
		}
		bare, marks := v.Unmark()
		var names []string
		for m := range marks {
			if name, ok := m.(sensitiveMark); ok {
				names = append(names, string(name))
			}
		}
		if len(names) == 0 {
			return true, nil
		}
		slices.Sort(names)
		bare, _ = bare.UnmarkDeep()
		for _, text := range texts(bare) {
			if wanted(text) {
				l.remember(strings.Join(names, " and "), text)
			}
		}
		return false, nil
	})
}

func (l *loader) remember(name, text string) {
	if _, known := l.learned.from[text]; known || strings.Contains(text, sentinelOpen) {
		return
	}
	if len(l.learned.from) >= maxLearned || l.learned.bytes+len(text) > maxLearnedBytes {
		l.tooManyLearned(name)
		return
	}
	l.learned.from[text] = name
	l.learned.bytes += len(text)
}

// tooManyLearned is reported once, at the sensitive variable that the first text too many comes from.
func (l *loader) tooManyLearned(name string) {
	const summary = "Too many sensitive texts"
	if slices.ContainsFunc(l.diags, func(d *hcl.Diagnostic) bool { return d.Summary == summary }) {
		return
	}
	var at hcl.Range
	if v := l.variables[name]; v != nil {
		at = v.rng
	}
	l.error(codeLimit, summary, fmt.Sprintf("More than %d,000 texts, or %d MiB of them, are computed from sensitive values, too many to look for in all "+
		"output. Mark fewer values as sensitive, or wrap what is not secret in nonsensitive().", maxLearned/1000, maxLearnedBytes>>20), at)
}

// forget takes back what was remembered of a value that gives nothing away, as the configuration says.
func (l *loader) forget(v cty.Value) {
	bare, _ := v.UnmarkDeep()
	for _, text := range texts(bare) {
		l.learned.from[text] = ""
	}
}

// derived are the texts that are remembered, by the names of the variables.
func (l *loader) derived() map[string][]string {
	all := map[string][]string{}
	for text, name := range l.learned.from {
		if name != "" {
			all[name] = append(all[name], text)
		}
	}
	return all
}

// merge takes over what another evaluation of the same files found.
func merge(into, from map[string][]string) {
	for name, texts := range from {
		all := append(slices.Clone(into[name]), texts...)
		slices.Sort(all)
		into[name] = slices.Compact(all)
	}
}

// learnParts remembers what is sensitive in the templates of an expression, part by part: a rendered message
// holds only some of the parts. A part that only has a value inside of a for expression is left to the value as a whole.
func (l *loader) learnParts(x *expression, context *hcl.EvalContext) {
	_ = hclsyntax.VisitAll(x.Expression, func(n hclsyntax.Node) hcl.Diagnostics {
		template, ok := n.(*hclsyntax.TemplateExpr)
		if !ok {
			return nil
		}
		for _, part := range template.Parts {
			if _, written := part.(*hclsyntax.LiteralValueExpr); written {
				continue
			}
			if v, ok := l.again(part, context); ok {
				l.learn(v)
			}
		}
		return nil
	})
}

// isTemplate reports whether a value is a template: what is sensitive in one is remembered part by part.
func isTemplate(e hclsyntax.Expression) bool {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			break
		}
		e = p.Expression
	}
	_, ok := e.(*hclsyntax.TemplateExpr)
	return ok
}

// withoutSecretKey takes the key out of the one error of the HCL library that quotes a value: two elements of a for
// expression with one key.
func withoutSecretKey(d *hcl.Diagnostic) {
	if d.Summary != "Duplicate object key" || d.Expression == nil || d.EvalContext == nil {
		return
	}
	for _, t := range d.Expression.Variables() {
		if v, diags := t.TraverseAbs(d.EvalContext); diags.HasErrors() || hasSensitive(v) {
			d.Detail = "Two different items produced the same key in this 'for' expression. The key is sensitive and not shown. If duplicates are " +
				"expected, use the ellipsis (...) after the value expression to enable grouping by key."
			return
		}
	}
}
