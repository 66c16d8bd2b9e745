package diag

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Ignores are the ignore and snooze comments of a configuration, which suppress findings of rules:
//
//	# ddmon:ignore CODE[,CODE...] reason
//	# ddmon:snooze CODE[,CODE...] until 2026-12-31 reason
//
// in any of HCL's three comment styles. A comment applies to the line that it ends, or else to the next line. If a
// block, an attribute or a value begins on that line, it applies to all of its lines. A nil *Ignores ignores nothing.
type Ignores struct {
	list []ignore
}

// ignore is one comment.
type ignore struct {
	at         hcl.Range
	codes      []string
	until      string // the last day of a snooze comment, as 2006-01-02; "" for an ignore comment
	first, end int    // the lines it applies to, inclusive; 0 for no lines
}

// FindIgnores reads the comments of files, which are keyed by the file names in ranges. An invalid comment that begins
// with ddmon: is a warning, "malformed_ignore". JSON files have no comments.
func FindIgnores(files map[string]*hcl.File) (*Ignores, hcl.Diagnostics) {
	w := &Ignores{}
	var diags hcl.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(files)) {
		body, ok := files[name].Body.(*hclsyntax.Body)
		if !ok {
			continue
		}
		tokens, _ := hclsyntax.LexConfig(files[name].Bytes, name, hcl.InitialPos)
		lines := newLines(tokens, body)
		for _, t := range tokens {
			if t.Type != hclsyntax.TokenComment {
				continue
			}
			for _, c := range directives(t) {
				found, problem := parseIgnore(c)
				if problem != nil {
					diags = append(diags, problem)
					continue
				}
				found.first, found.end = lines.scope(t.Range)
				w.list = append(w.list, found)
			}
		}
	}
	return w, diags
}

// Restrict returns the comments for codes that keep accepts. A command that does not run every rule needs it, because
// Apply would report the comments for the other rules as unused.
func (w *Ignores) Restrict(keep func(code string) bool) *Ignores {
	out := &Ignores{}
	if w == nil {
		return out
	}
	for _, v := range w.list {
		v.codes = slices.DeleteFunc(slices.Clone(v.codes), func(code string) bool { return !keep(code) })
		if len(v.codes) > 0 {
			out.list = append(out.list, v)
		}
	}
	return out
}

// directive is a line of a comment that begins with ddmon:; text is the rest of the line.
type directive struct {
	text string
	at   hcl.Range
}

// directives returns the directives in a comment. Only a /* */ comment can have several.
func directives(t hclsyntax.Token) []directive {
	text := strings.TrimSuffix(string(t.Bytes), "*/")
	var out []directive
	offset := 0
	for line := range strings.Lines(text) {
		content := strings.TrimSpace(line)
		begin := offset + strings.Index(line, content)
		offset += len(line)
		unmarked := strings.TrimLeft(content, "#/* \t")
		begin += len(content) - len(unmarked)
		rest, ok := strings.CutPrefix(unmarked, "ddmon:")
		if !ok {
			continue
		}
		out = append(out, directive{rest, hcl.Range{
			Filename: t.Range.Filename,
			Start:    advanceIn(t, begin),
			End:      advanceIn(t, begin+len(unmarked)),
		}})
	}
	return out
}

// advanceIn returns the position of the byte at offset of a token.
func advanceIn(t hclsyntax.Token, offset int) hcl.Pos {
	p := advance(t.Bytes, hcl.Pos{Line: t.Range.Start.Line, Column: t.Range.Start.Column}, offset)
	p.Byte += t.Range.Start.Byte
	return p
}
