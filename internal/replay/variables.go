package replay

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
)

// variable is the text of a template variable; empty for one that is not known here.
func (l *letter) variable(path string) string {
	path = strings.TrimSpace(path)
	switch path {
	case "value":
		return formatNumber(l.value)
	case "threshold":
		return l.threshold(l.limits.Critical)
	case "warn_threshold":
		return l.threshold(l.limits.Warning)
	case "ok_threshold":
		return l.threshold(l.limits.CriticalRecovery)
	case "comparator":
		return l.limits.op
	case "first_triggered_at":
		return moment(l.first)
	case "first_triggered_at_epoch":
		return strconv.FormatInt(l.first/1000, 10)
	case "last_triggered_at":
		return moment(l.last)
	case "last_triggered_at_epoch":
		return strconv.FormatInt(l.last/1000, 10)
	case "triggered_duration_sec":
		return strconv.FormatInt((l.now-l.first)/1000, 10)
	}
	if key, ok := (&ddquery.TemplateVar{Path: path}).Key(); ok {
		if v, ok := l.tags.Get(key); ok {
			return v
		}
	}
	// is_match takes the name of a tag bare, too.
	if v, ok := l.tags.Get(path); ok {
		return v
	}
	if text, ok := l.member(path); ok {
		return text
	}
	return l.fromSample(path)
}

// formatNumber writes a number without superfluous digits; nothing for none.
func formatNumber(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (l *letter) threshold(limit *float64) string {
	if limit == nil {
		return ""
	}
	return formatNumber(*limit)
}

func moment(at int64) string {
	if at == 0 {
		return ""
	}
	return time.UnixMilli(at).UTC().Format("Mon Jan 02 2006 15:04:05 UTC")
}

// member resolves {{a.value}} and {{a.status}} of a composite, a being its first member.
func (l *letter) member(path string) (string, bool) {
	letter, field, _ := strings.Cut(path, ".")
	if l.composite == nil || len(letter) != 1 {
		return "", false
	}
	i := int(letter[0]) - 'a'
	if i < 0 || i >= len(l.composite.members) {
		return "", false
	}
	at := math.NaN()
	status := Gone
	if t := l.composite.memberTrack(i, l.tags); t != nil {
		status = t.status(l.now)
		l.account.Spend(len(t.points) + len(t.changes))
		for _, p := range t.points {
			if p.at <= l.now {
				at = p.value
			}
		}
	}
	switch field {
	case "value":
		return formatNumber(at), true
	case "status":
		return status.String(), true
	}
	return "", false
}

// memberTrack is the group of member i that belongs to a composite's group, in the primary run.
func (c *composite) memberTrack(i int, tags evaluate.Tags) *track {
	c.account.Spend(10 * len(c.groups))
	for _, g := range c.groups {
		if g.tags.String() == tags.String() {
			return &c.members[i].primary().tracks[g.in[i]]
		}
	}
	return nil
}

// fromSample resolves {{log.message}}, {{event.title}} and the like from the latest log or event behind the alert.
func (l *letter) fromSample(path string) string {
	kind, field, found := strings.Cut(path, ".")
	d := l.sample
	switch {
	case !found || d.Log == nil && d.Event == nil:
		return ""
	case kind == "log" && d.Log != nil, kind == "event" && d.Event != nil:
	default:
		return ""
	}
	switch {
	case strings.HasPrefix(field, "attributes."):
		return strings.Join(d.Values(strings.TrimPrefix(field, "attributes.")), ", ")
	case strings.HasPrefix(field, "tags."):
		return strings.Join(d.TagValues(strings.TrimPrefix(field, "tags.")), ", ")
	case field == "title" && d.Event != nil:
		return d.Event.Title
	case field == "text" && d.Event != nil:
		return d.Event.Text
	case field == "host.name":
		return strings.Join(d.Reserved("host"), ", ")
	case field == "timestamp":
		return moment(d.At())
	}
	return strings.Join(d.Reserved(field), ", ")
}

// calculate evaluates {{eval "…"}}; NaN for what it does not know.
func (l *letter) calculate(x ddquery.Expr) float64 {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Value
	case *ddquery.Ref:
		v, err := strconv.ParseFloat(l.variable(x.Name), 64)
		if err != nil {
			return math.NaN()
		}
		return v
	case *ddquery.Paren:
		return l.calculate(x.X)
	case *ddquery.Unary:
		return -l.calculate(x.X)
	case *ddquery.Binary:
		return evaluate.Operation(x.Op)(l.calculate(x.X), l.calculate(x.Y))
	}
	return math.NaN()
}

// word is how a title says why it is sent.
func (k Kind) word() string {
	switch k {
	case KindAlert:
		return "Triggered"
	case KindWarn:
		return "Warn"
	case KindNoData:
		return "No data"
	case KindRecovery:
		return "Recovered"
	default:
		return "Re-Triggered"
	}
}

// title is the subject of a notification, with the group's tags unless include_tags is false.
func (l *letter) title() string {
	on := ""
	if tags := l.view.Options.IncludeTags; len(l.tags) > 0 && (tags == nil || *tags) {
		on = fmt.Sprintf(" on {%s}", l.tags)
	}
	priority := ""
	if p := l.view.Priority; p != nil {
		priority = "[P" + formatNumber(*p) + "] "
	}
	return fmt.Sprintf("%s[%s%s] %s", priority, l.kind.word(), on, l.render("name", l.view.Name))
}
