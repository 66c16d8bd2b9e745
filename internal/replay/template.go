package replay

import (
	"net/url"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// messageRenderer renders the message of a notification.
type messageRenderer struct {
	*notifier
	kind             Kind
	from, to         Status
	value            float64
	tags             evaluate.Tags
	now, first, last int64
	sample           evaluate.Document
}

// render renders a template with its conditionals and variables. field is the name of the template's field. Variables
// that are unknown in a recording, such as {{log.link}}, are empty. Text outside of the template language is unchanged.
func (r *messageRenderer) render(field, message string) string {
	t := r.parsed[field]
	if t == nil {
		t, _ = ddquery.ParseTemplate(message)
		r.parsed[field] = t
	}
	var b strings.Builder
	r.nodes(&b, t.Nodes)
	return strings.TrimSpace(b.String())
}

func (r *messageRenderer) nodes(b *strings.Builder, nodes []ddquery.TemplateNode) {
	for _, n := range nodes {
		written := b.Len()
		r.account.Spend(nodeSteps)
		switch n := n.(type) {
		case *ddquery.TemplateText:
			b.WriteString(n.Raw)
		case *ddquery.TemplateVar:
			b.WriteString(r.variable(n.Path))
		case *ddquery.TemplateHelper:
			b.WriteString(r.helper(n))
		case *ddquery.TemplateRaw:
			b.WriteString(strings.TrimSuffix(strings.TrimPrefix(n.Raw, "{{{{raw}}}}"), "{{{{/raw}}}}"))
		case *ddquery.Handle:
			r.handle(b, n)
		case *ddquery.TemplateBlock:
			if body, _ := monitor.Shown(n, r.event(), r); body {
				r.nodes(b, n.Body)
			} else {
				r.nodes(b, n.Else)
			}
			continue // already counted
		}
		r.account.Keep((b.Len()-written)/evaluate.StepBytes, 3*evaluate.StepBytes) // strings.Builder copies to grow
	}
}

// nodeSteps is the cost of a part of a message in addition to its text: looking up a variable or parsing a formula.
const nodeSteps = 100

// handle writes a handle with its variables.
func (r *messageRenderer) handle(b *strings.Builder, h *ddquery.Handle) {
	rest := h.Raw
	for _, v := range h.Vars {
		before, after, found := strings.Cut(rest, v.Raw)
		if !found {
			break
		}
		b.WriteString(before)
		b.WriteString(r.variable(v.Path))
		rest = after
	}
	b.WriteString(rest)
}

// event returns the event that the message is sent for.
func (r *messageRenderer) event() monitor.Event {
	return monitor.Event{From: r.from, To: r.to, Renotify: r.kind == KindRenotify}
}

// PriorityLabel returns the monitor's priority as used in conditions.
func (r *messageRenderer) PriorityLabel() string { return r.view.PriorityLabel() }

// TemplateVariable returns the value of a variable. All variables are known when a message is sent.
func (r *messageRenderer) TemplateVariable(path string) (text string, known bool) {
	return r.variable(path), true
}

// helper evaluates a helper such as {{eval "value*100"}}.
func (r *messageRenderer) helper(n *ddquery.TemplateHelper) string {
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
		if v := r.calculate(x); !evaluate.Missing(v) {
			return formatNumber(v)
		}
		return ""
	case "local_time":
		zone, err := time.LoadLocation(arg(1))
		at := map[string]int64{"last_triggered_at": r.last, "first_triggered_at": r.first}[arg(0)]
		if err != nil || at == 0 {
			return ""
		}
		return time.UnixMilli(at).In(zone).Format("2006-01-02 15:04:05 MST")
	case "urlencode":
		if v := r.variable(arg(0)); v != "" {
			return url.QueryEscape(v)
		}
		return url.QueryEscape(arg(0))
	case "override_priority":
		return ""
	}
	return n.Raw
}
