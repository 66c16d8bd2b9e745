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

// variable returns the value of a template variable; empty if it is unknown.
func (r *messageRenderer) variable(path string) string {
	path = strings.TrimSpace(path)
	switch path {
	case "value":
		return formatNumber(r.value)
	case "threshold":
		return r.threshold(r.limits.Critical)
	case "warn_threshold":
		return r.threshold(r.limits.Warning)
	case "ok_threshold":
		return r.threshold(r.limits.CriticalRecovery)
	case "comparator":
		return r.limits.op
	case "first_triggered_at":
		return moment(r.first)
	case "first_triggered_at_epoch":
		return strconv.FormatInt(r.first/1000, 10)
	case "last_triggered_at":
		return moment(r.last)
	case "last_triggered_at_epoch":
		return strconv.FormatInt(r.last/1000, 10)
	case "triggered_duration_sec":
		return strconv.FormatInt((r.now-r.first)/1000, 10)
	}
	if key, ok := (&ddquery.TemplateVar{Path: path}).Key(); ok {
		if v, ok := r.tags.Get(key); ok {
			return v
		}
	}
	// is_match also accepts the name of a tag without .name.
	if v, ok := r.tags.Get(path); ok {
		return v
	}
	if text, ok := r.member(path); ok {
		return text
	}
	return r.fromSample(path)
}

// formatNumber formats a number with as few digits as possible; NaN is empty.
func formatNumber(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (r *messageRenderer) threshold(limit *float64) string {
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

// member resolves {{a.value}} and {{a.status}} of a composite, where a is its first member.
func (r *messageRenderer) member(path string) (string, bool) {
	name, field, _ := strings.Cut(path, ".")
	if r.composite == nil || len(name) != 1 {
		return "", false
	}
	i := int(name[0]) - 'a'
	if i < 0 || i >= len(r.composite.members) {
		return "", false
	}
	at := math.NaN()
	status := Gone
	if t := r.composite.memberTrack(i, r.tags); t != nil {
		status = t.status(r.now)
		r.account.Spend(len(t.points) + len(t.changes))
		for _, p := range t.points {
			if p.at <= r.now {
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

// memberTrack returns the track of member i for a group of the composite, in the primary run.
func (c *composite) memberTrack(i int, tags evaluate.Tags) *track {
	c.account.Spend(10 * len(c.groups))
	for _, g := range c.groups {
		if g.tags.String() == tags.String() {
			return &c.members[i].primary().tracks[g.in[i]]
		}
	}
	return nil
}

// fromSample resolves variables such as {{log.message}} and {{event.title}} from the latest log or event of the alert.
func (r *messageRenderer) fromSample(path string) string {
	kind, field, found := strings.Cut(path, ".")
	d := r.sample
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

// calculate evaluates {{eval "…"}}; NaN if the expression is not supported.
func (r *messageRenderer) calculate(x ddquery.Expr) float64 {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Value
	case *ddquery.Ref:
		v, err := strconv.ParseFloat(r.variable(x.Name), 64)
		if err != nil {
			return math.NaN()
		}
		return v
	case *ddquery.Paren:
		return r.calculate(x.X)
	case *ddquery.Unary:
		return -r.calculate(x.X)
	case *ddquery.Binary:
		return evaluate.Operation(x.Op)(r.calculate(x.X), r.calculate(x.Y))
	}
	return math.NaN()
}

// word returns the word for the kind in a title.
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

// title returns the title of a notification, with the group's tags unless include_tags is false.
func (r *messageRenderer) title() string {
	on := ""
	if tags := r.view.Options.IncludeTags; len(r.tags) > 0 && (tags == nil || *tags) {
		on = fmt.Sprintf(" on {%s}", r.tags)
	}
	priority := ""
	if p := r.view.Priority; p != nil {
		priority = "[P" + formatNumber(*p) + "] "
	}
	return fmt.Sprintf("%s[%s%s] %s", priority, r.kind.word(), on, r.render("name", r.view.Name))
}
