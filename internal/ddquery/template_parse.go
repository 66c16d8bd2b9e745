package ddquery

import (
	"cmp"
	"slices"
	"strings"
)

// ParseTemplate parses a notification message. It always returns a template of the whole message, together with the
// errors in source order. A message longer than MaxMessage is returned as plain text.
func ParseTemplate(message string) (*Template, []*Error) {
	if len(message) > MaxMessage {
		whole := Span{0, len(message)}
		return &Template{whole, []TemplateNode{&TemplateText{whole, message}}}, []*Error{messageTooLong(message)}
	}
	p := &templateParser{src: message, root: &TemplateBlock{}}
	p.stack = []*TemplateBlock{p.root}
	for p.pos < len(p.src) {
		switch {
		case strings.HasPrefix(p.src[p.pos:], "{{"):
			p.tag()
		case p.src[p.pos] == '@' && p.handleStart():
			p.handle()
		default:
			p.pos++
		}
	}
	p.flush()
	p.unwind(1)
	slices.SortStableFunc(p.errs, func(a, b *Error) int { return cmp.Compare(a.Offset, b.Offset) })
	return &Template{Span{0, len(message)}, p.root.Body}, p.errs
}

// templateParser reads a message from left to right. stack holds the open blocks, starting with root.
type templateParser struct {
	src string
	pos int
	// start is the start of the text that does not belong to a node yet.
	start int
	root  *TemplateBlock
	stack []*TemplateBlock
	errs  []*Error
	// searches caches the last search for each closing tag, so that a message with many tags is searched only once.
	searches map[string]lastSearch
}

// lastSearch is the first index of a substring at or after from, -1 if not found.
type lastSearch struct{ from, at int }

// next returns the first index of a substring at or after from, -1 if not found.
func (p *templateParser) next(text string, from int) int {
	known, ok := p.searches[text]
	if ok && from >= known.from && (known.at < 0 || known.at >= from) {
		return known.at
	}
	at := strings.Index(p.src[from:], text)
	if at >= 0 {
		at += from
	}
	if p.searches == nil {
		p.searches = make(map[string]lastSearch)
	}
	p.searches[text] = lastSearch{from, at}
	return at
}

// within reports whether the source contains a substring in [from, end).
func (p *templateParser) within(text string, from, end int) bool {
	at := p.next(text, from)
	return at >= 0 && at < end
}

func (p *templateParser) report(from, to int, code, message, hint string) {
	if len(p.errs) >= maxTemplateErrors {
		return
	}
	p.errs = append(p.errs, &Error{Offset: from, End: to, Code: code, Message: message, Hint: hint})
}

// add appends a node to the innermost open block.
func (p *templateParser) add(n TemplateNode) {
	top := p.stack[len(p.stack)-1]
	if top.ElseTag != "" {
		top.Else = append(top.Else, n)
	} else {
		top.Body = append(top.Body, n)
	}
}

// flush adds the text up to pos as a node.
func (p *templateParser) flush() {
	if p.start < p.pos {
		p.add(&TemplateText{Span{p.start, p.pos}, p.src[p.start:p.pos]})
	}
	p.start = p.pos
}

// unwind ends the blocks above depth, which have no closing tags.
func (p *templateParser) unwind(depth int) {
	for len(p.stack) > depth {
		block := p.stack[len(p.stack)-1]
		p.stack = p.stack[:len(p.stack)-1]
		block.To = p.pos
		p.report(block.From, block.From+len(block.OpenTag), "template_unclosed", block.OpenTag+" is not closed",
			"write {{/"+block.Name.Name+"}} at its end")
	}
}

// tag parses a tag that starts with {{ at pos. Anything else remains text.
func (p *templateParser) tag() {
	from, rest := p.pos, p.src[p.pos:]
	opening, closing := "{{", "}}"
	switch {
	case strings.HasPrefix(rest, "{{{{raw}}}}"):
		opening, closing = "{{{{raw}}}}", "{{{{/raw}}}}"
	case strings.HasPrefix(rest, "{{!--"):
		opening, closing = "{{!--", "--}}"
	case strings.HasPrefix(rest, "{{{"):
		opening, closing = "{{{", "}}}"
	}
	length, inner := -1, ""
	isTag := opening == "{{" || opening == "{{{"
	if end := p.next(closing, from+len(opening)); end >= 0 {
		if again := p.next("{{", from+len(opening)); !isTag || again < 0 || again >= end {
			length = end - from - len(opening)
			inner = rest[len(opening) : len(opening)+length]
		}
	}
	if length < 0 {
		p.report(from, from+len(opening), "template_open", "this "+opening+" is not closed", "write "+closing+" after it")
		p.pos += len(opening)
		return
	}
	p.flush()
	p.pos += len(opening) + length + len(closing)
	span, raw := Span{from, p.pos}, p.src[from:p.pos]
	switch {
	case opening == "{{{{raw}}}}":
		p.add(&TemplateRaw{span, raw})
	case strings.HasPrefix(inner, "!") || opening == "{{!--":
		p.add(&TemplateComment{span, raw})
	default:
		p.directive(span, raw, from+len(opening), inner)
	}
	p.start = p.pos
}

// directive parses the inside of a tag, which starts at from.
func (p *templateParser) directive(span Span, raw string, from int, inner string) {
	words := templateWords(inner, from)
	if len(words) == 0 {
		p.report(span.From, span.To, "template_empty", raw+" is empty", "write {{value}}, or remove it")
		p.add(&TemplateText{span, raw})
		return
	}
	first := words[0]
	switch sigil := first.Raw[0]; {
	case sigil == '#' || sigil == '^' && len(first.Raw) > 1:
		p.open(span, raw, words)
	case sigil == '/':
		p.close(span, raw, first.Raw[1:])
	case first.Raw == "else" && len(words) == 1 || first.Raw == "^":
		p.elseTag(span, raw)
	case len(words) == 1:
		p.add(&TemplateVar{span, raw, first.Raw})
	case strings.HasPrefix(first.Raw, "@") || strings.HasPrefix(first.Raw, "["):
		p.add(&TemplateVar{span, raw, strings.TrimSpace(inner)})
	default:
		p.add(&TemplateHelper{span, raw, &Ident{first.Span, first.Raw}, words[1:]})
	}
}

// templateWords splits the inside of a tag into words and quoted strings.
func templateWords(inner string, base int) []*TemplateArg {
	var words []*TemplateArg
	for i := 0; i < len(inner); {
		if isSpace(inner[i]) {
			i++
			continue
		}
		from := i
		if isQuote(inner[i]) {
			if end := strings.IndexByte(inner[i+1:], inner[i]); end >= 0 {
				i += end + 2
				words = append(words, &TemplateArg{Span{base + from, base + i}, inner[from:i], inner[from+1 : i-1]})
				continue
			}
		}
		for i < len(inner) && !isSpace(inner[i]) {
			i++
		}
		words = append(words, &TemplateArg{Span{base + from, base + i}, inner[from:i], inner[from:i]})
	}
	return words
}
