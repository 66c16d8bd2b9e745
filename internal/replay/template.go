package replay

import (
	"net/url"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// letter is what a message is rendered with.
type letter struct {
	*notifier
	kind             Kind
	from, to         Status
	value            float64
	tags             evaluate.Tags
	now, first, last int64
	sample           evaluate.Document
}

// render writes a template with its conditionals and variables resolved; field names the template. What Datadog fills
// in and a recording cannot know, such as {{log.link}}, becomes empty; what is no template language stays as it is.
func (l *letter) render(field, message string) string {
	t := l.parsed[field]
	if t == nil {
		t, _ = ddquery.ParseTemplate(message)
		l.parsed[field] = t
	}
	var b strings.Builder
	l.nodes(&b, t.Nodes)
	return strings.TrimSpace(b.String())
}

func (l *letter) nodes(b *strings.Builder, nodes []ddquery.TemplateNode) {
	for _, n := range nodes {
		written := b.Len()
		l.account.Spend(nodeSteps)
		switch n := n.(type) {
		case *ddquery.TemplateText:
			b.WriteString(n.Raw)
		case *ddquery.TemplateVar:
			b.WriteString(l.variable(n.Path))
		case *ddquery.TemplateHelper:
			b.WriteString(l.helper(n))
		case *ddquery.TemplateRaw:
			b.WriteString(strings.TrimSuffix(strings.TrimPrefix(n.Raw, "{{{{raw}}}}"), "{{{{/raw}}}}"))
		case *ddquery.Handle:
			l.handle(b, n)
		case *ddquery.TemplateBlock:
			if body, _ := monitor.Shown(n, l.event(), l); body {
				l.nodes(b, n.Body)
			} else {
				l.nodes(b, n.Else)
			}
			continue // they are counted
		}
		l.account.Keep((b.Len()-written)/evaluate.StepBytes, 3*evaluate.StepBytes) // the text grows by being copied
	}
}

// nodeSteps is what a part of a message costs, besides its text: a variable is looked up, a formula parsed.
const nodeSteps = 100

// handle writes a handle with its variables filled in.
func (l *letter) handle(b *strings.Builder, h *ddquery.Handle) {
	rest := h.Raw
	for _, v := range h.Vars {
		before, after, found := strings.Cut(rest, v.Raw)
		if !found {
			break
		}
		b.WriteString(before)
		b.WriteString(l.variable(v.Path))
		rest = after
	}
	b.WriteString(rest)
}

// event is why the message is sent.
func (l *letter) event() monitor.Event {
	return monitor.Event{From: l.from, To: l.to, Renotify: l.kind == KindRenotify}
}

// PriorityLabel is the monitor's priority, as conditions ask for it.
func (l *letter) PriorityLabel() string { return l.view.PriorityLabel() }

// TemplateVariable is the text of a variable. All are known once a message is sent.
func (l *letter) TemplateVariable(path string) (text string, known bool) {
	return l.variable(path), true
}

// helper resolves {{eval "value*100"}} and the like.
func (l *letter) helper(n *ddquery.TemplateHelper) string {
	arg := func(i int) string {
		if i < len(n.Args) {
			return n.Args[i].Text
		}
		return ""
	}
	switch n.Name.Name {
	case "eval":
		x, err := ddquery.ParseFormula(arg(0))
		if err != nil {
			return ""
		}
		if v := l.calculate(x); !evaluate.Missing(v) {
			return formatNumber(v)
		}
		return ""
	case "local_time":
		zone, err := time.LoadLocation(arg(1))
		at := map[string]int64{"last_triggered_at": l.last, "first_triggered_at": l.first}[arg(0)]
		if err != nil || at == 0 {
			return ""
		}
		return time.UnixMilli(at).In(zone).Format("2006-01-02 15:04:05 MST")
	case "urlencode":
		if v := l.variable(arg(0)); v != "" {
			return url.QueryEscape(v)
		}
		return url.QueryEscape(arg(0))
	case "override_priority":
		return ""
	}
	return n.Raw
}
