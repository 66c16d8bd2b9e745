package ddquery

import "strings"

// TemplateNode is a part of a notification message.
type TemplateNode interface {
	Node
	template()
}

type (
	// Template is a whole message. Printing its nodes in order gives the message.
	Template struct {
		Span
		Nodes []TemplateNode
	}
	// TemplateText is text between tags.
	TemplateText struct {
		Span
		Raw string
	}
	// TemplateVar is {{value}}, {{host.name}}, {{[a.b].name}} or, unescaped, {{{log.message}}}. Path is the part inside
	// the braces.
	TemplateVar struct {
		Span
		Raw, Path string
	}
	// TemplateHelper is a helper call such as {{eval "value*100"}} or {{local_time 'last_triggered_at' 'UTC'}}.
	TemplateHelper struct {
		Span
		Raw  string
		Name *Ident
		Args []*TemplateArg
	}
	// TemplateArg is an argument of a helper or block. Text has no quotes.
	TemplateArg struct {
		Span
		Raw, Text string
	}
	// TemplateBlock is {{#is_alert}}…{{else}}…{{/is_alert}}, or its negation with ^. ElseTag and CloseTag are "" if
	// missing. ParseTemplate reports a block without CloseTag; it ends with the block around it.
	TemplateBlock struct {
		Span
		// OpenTag, ElseTag and CloseTag are as written.
		OpenTag, ElseTag, CloseTag string
		Negated                    bool
		Name                       *Ident
		Args                       []*TemplateArg
		Body, Else                 []TemplateNode
	}
	// TemplateComment is {{!-- … --}} or {{! … }}.
	TemplateComment struct {
		Span
		Raw string
	}
	// TemplateRaw is {{{{raw}}}} … {{{{/raw}}}}.
	TemplateRaw struct {
		Span
		Raw string
	}
	// Handle is a recipient: @slack-ops, @pagerduty-x, @team-{{team.name}}, @workflow-x(k="v"). Raw has the @.
	Handle struct {
		Span
		Raw string
		// Vars are the variables inside the handle. If there are any, Datadog resolves the recipient when it notifies.
		Vars []*TemplateVar
		// AdjacentTag reports a tag directly before or after the handle, without white space.
		AdjacentTag bool
	}
)

func (*TemplateText) template()    {}
func (*TemplateVar) template()     {}
func (*TemplateHelper) template()  {}
func (*TemplateBlock) template()   {}
func (*TemplateComment) template() {}
func (*TemplateRaw) template()     {}
func (*Handle) template()          {}

// Key returns the group key of a variable such as {{host.name}} or {{[dotted.key].name}}. ok is false for other
// variables.
func (v *TemplateVar) Key() (key string, ok bool) {
	key, ok = strings.CutSuffix(v.Path, ".name")
	if strings.HasPrefix(key, "[") && strings.HasSuffix(key, "]") {
		key = key[1 : len(key)-1]
	}
	return key, ok && key != ""
}

// Handles returns all handles in the message, in source order.
func (t *Template) Handles() []*Handle {
	var handles []*Handle
	Walk(t, func(n Node) bool {
		if h, ok := n.(*Handle); ok {
			handles = append(handles, h)
		}
		return true
	})
	return handles
}

// walkTemplate calls each with the children of a message node.
func walkTemplate(n Node, each func(Node)) {
	switch n := n.(type) {
	case *Template:
		eachOf(n.Nodes, each)
	case *TemplateHelper:
		each(n.Name)
		eachOf(n.Args, each)
	case *TemplateBlock:
		each(n.Name)
		eachOf(n.Args, each)
		eachOf(n.Body, each)
		eachOf(n.Else, each)
	case *Handle:
		eachOf(n.Vars, each)
	}
}

// template prints a message or a part of it. It returns false for other nodes.
func (p *printer) template(n Node) bool {
	switch n := n.(type) {
	case *Template:
		p.templates(n.Nodes)
	case *TemplateText:
		p.text(n.Raw)
	case *TemplateVar:
		p.text(n.Raw)
	case *TemplateHelper:
		p.text(n.Raw)
	case *TemplateArg:
		p.text(n.Raw)
	case *TemplateComment:
		p.text(n.Raw)
	case *TemplateRaw:
		p.text(n.Raw)
	case *Handle:
		p.text(n.Raw)
	case *TemplateBlock:
		p.text(n.OpenTag)
		p.templates(n.Body)
		p.text(n.ElseTag)
		p.templates(n.Else)
		p.text(n.CloseTag)
	default:
		return false
	}
	return true
}

func (p *printer) templates(nodes []TemplateNode) {
	for _, n := range nodes {
		p.template(n)
	}
}
