package ddquery

import "strings"

// open pushes a block.
func (p *templateParser) open(span Span, raw string, words []*TemplateArg) {
	sigil, args := words[0], words[1:]
	name := &Ident{Span{sigil.From + 1, sigil.To}, sigil.Raw[1:]}
	if name.Name == "" && len(args) > 0 {
		name, args = &Ident{args[0].Span, args[0].Raw}, args[1:]
	}
	switch {
	case name.Name == "":
		p.report(span.From, span.To, "template_empty", raw+" has no condition", "write {{#is_alert}}")
	case len(p.stack) > maxDepth:
		p.report(span.From, span.To, "too_deep", "this is nested too deeply", "close blocks before opening more")
	default:
		block := &TemplateBlock{Span: span, OpenTag: raw, Negated: sigil.Raw[0] == '^', Name: name, Args: args}
		p.add(block)
		p.stack = append(p.stack, block)
		return
	}
	p.add(&TemplateText{span, raw})
}

// close pops the block with this name and reports unclosed blocks inside it.
func (p *templateParser) close(span Span, raw, name string) {
	depth := len(p.stack) - 1
	for depth > 0 && p.stack[depth].Name.Name != name {
		depth--
	}
	if depth == 0 {
		p.report(span.From, span.To, "template_close", raw+" has no opening tag", closeHint(p.stack[1:], name))
		p.add(&TemplateText{span, raw})
		return
	}
	at := p.pos
	p.pos = span.From
	p.unwind(depth + 1)
	p.pos = at
	block := p.stack[depth]
	block.CloseTag, block.To = raw, span.To
	p.stack = p.stack[:depth]
}

// closeHint returns how to close the innermost open block.
func closeHint(open []*TemplateBlock, name string) string {
	if len(open) == 0 {
		return "remove it, or write {{#" + name + "}} before it"
	}
	return "write {{/" + open[len(open)-1].Name.Name + "}} to close " + open[len(open)-1].OpenTag
}

// elseTag starts the else branch of the innermost block.
func (p *templateParser) elseTag(span Span, raw string) {
	top := p.stack[len(p.stack)-1]
	switch {
	case len(p.stack) == 1:
		p.report(span.From, span.To, "template_else", raw+" is outside a block", "remove it")
	case top.ElseTag != "":
		p.report(span.From, span.To, "template_else", top.OpenTag+" has more than one {{else}}", "remove one")
	default:
		top.ElseTag = raw
		return
	}
	p.add(&TemplateText{span, raw})
}

// handleStart reports whether an @ at pos starts a handle: it is at the start, or after white space or a tag.
func (p *templateParser) handleStart() bool {
	next := p.pos + 1
	if next >= len(p.src) || !isName(p.src[next]) && !p.dynamic(next) {
		return false
	}
	return p.pos == 0 || isSpace(p.src[p.pos-1]) || strings.HasSuffix(p.src[:p.pos], "}}")
}

// dynamic reports whether the tag of a variable starts at i.
func (p *templateParser) dynamic(i int) bool {
	rest := p.src[i:]
	if !strings.HasPrefix(rest, "{{") {
		return false
	}
	end := p.next("}}", i)
	if end < 0 {
		return false
	}
	inner := strings.TrimSpace(strings.Trim(p.src[i:end], "{"))
	return inner != "" && inner != "else" && strings.IndexByte("#^/!", inner[0]) < 0 && !strings.ContainsAny(inner, " \t\n{")
}

// handle parses a handle and the variables inside it.
func (p *templateParser) handle() {
	from := p.pos
	h := &Handle{AdjacentTag: strings.HasSuffix(p.src[:from], "}}")}
	i := from + 1
scan:
	for i < len(p.src) {
		switch b := p.src[i]; {
		case p.dynamic(i):
			i = p.handleVar(h, i)
			continue
		case b == '{':
			h.AdjacentTag = true
			break scan
		case b == '(' && strings.HasPrefix(p.src[from:], "@workflow-"):
			if end := p.next(")", i); end >= 0 && !p.within("{{", i, end) {
				i = end + 1
			}
			break scan
		case isSpace(b) || strings.IndexByte(",'\"<>[]()|\\`", b) >= 0:
			break scan
		}
		i++
	}
	for !strings.HasSuffix(p.src[from:i], "}}") && strings.IndexByte(".;:!?*", p.src[i-1]) >= 0 {
		i--
	}
	p.flush()
	p.pos, p.start = i, i
	h.Span, h.Raw = Span{from, i}, p.src[from:i]
	p.add(h)
}

// handleVar parses the variable's tag at i and returns its end.
func (p *templateParser) handleVar(h *Handle, i int) int {
	end := p.next("}}", i) + 2
	if end < len(p.src) && p.src[end] == '}' && strings.HasPrefix(p.src[i:], "{{{") {
		end++
	}
	raw := p.src[i:end]
	h.Vars = append(h.Vars, &TemplateVar{Span{i, end}, raw, strings.TrimSpace(strings.Trim(raw, "{}"))})
	return end
}
