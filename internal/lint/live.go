package lint

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/routine"
)

// Live reads from Datadog. It changes nothing.
type Live interface {
	// MetricTags returns the recent tags of a metric, "key:value". ok is false if the metric does not exist.
	MetricTags(ctx context.Context, metric string) (tags []string, ok bool, err error)
	// Handles returns all handles, with their @, or none if they cannot be listed.
	Handles(ctx context.Context) ([]string, error)
	// Exists reports whether an object of this kind and ID exists.
	Exists(ctx context.Context, kind, id string) (bool, error)
}

// The codes of the findings that need requests to Datadog.
const (
	codeMetricMissing = "metric_missing"
	codeTagMissing    = "tag_missing"
	codeHandleMissing = "handle_missing"
	codeIDMissing     = "id_missing"
)

// IsLive reports whether only CheckLive reports this code.
func IsLive(code string) bool {
	switch code {
	case codeMetricMissing, codeTagMissing, codeHandleMissing, codeIDMissing:
		return true
	}
	return false
}

// AsksForMetrics reports whether CheckLive reports this code only if it asks for metrics; see Input.SkipMetrics.
func AsksForMetrics(code string) bool { return code == codeMetricMissing || code == codeTagMissing }

// liveParallel is the maximum number of concurrent requests.
const liveParallel = 5

// CheckLive checks that the metrics, tags, handles and IDs in the stack exist in Datadog. It sends one request for each
// metric and each hardcoded ID, and one for all handles.
func CheckLive(ctx context.Context, in Input, live Live) (hcl.Diagnostics, error) {
	p := newPass(in)
	group, ctx := routine.WithContext(ctx, liveParallel)
	metrics := p.askForMetrics(ctx, group, live)
	ids := p.askForIDs(ctx, group, live)
	var handles []string
	if len(p.handles()) > 0 {
		group.Go(func() (err error) {
			handles, err = live.Handles(ctx)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	p.missingMetrics(metrics)
	p.missingIDs(ids)
	p.missingHandles(handles)
	p.redactQuoted()
	return p.result(), nil
}

// metricAnswer is Datadog's response about a metric.
type metricAnswer struct {
	tags []string
	ok   bool
}

func (p *pass) askForMetrics(ctx context.Context, group *routine.Group, live Live) map[string]*metricAnswer {
	answers := make(map[string]*metricAnswer)
	if p.in.SkipMetrics {
		return answers
	}
	for _, u := range p.uses() {
		name := u.Metric.Name
		if answers[name] != nil {
			continue
		}
		a := &metricAnswer{}
		answers[name] = a
		group.Go(func() (err error) {
			a.tags, a.ok, err = live.MetricTags(ctx, name)
			return err
		})
	}
	return answers
}

func (p *pass) missingMetrics(answers map[string]*metricAnswer) {
	for _, u := range p.uses() {
		a := answers[u.Metric.Name]
		if a == nil {
			continue
		}
		if !a.ok {
			p.add(codeMetricMissing, diag.SeverityWarning, u.in(u.Metric), "Metric does not exist in Datadog",
				"Datadog has no metric "+u.Metric.Name+". Correct the name, or make sure that something submits the metric. Until then, "+u.reader()+" has no data.")
			continue
		}
		have := make(map[string]bool)
		for _, tag := range a.tags {
			key, _, _ := strings.Cut(tag, ":")
			have[key] = true
		}
		for _, key := range scopeKeys(u.Source) {
			if len(a.tags) > 0 && !have[key.Name] {
				p.add(codeTagMissing, diag.SeverityWarning, u.in(key), "No series has this tag",
					"No series of "+u.Metric.Name+" recently had the tag "+key.Name+", so nothing matches. The metric's tags are "+strings.Join(object.SortedKeys(have), ", ")+".")
			}
		}
	}
}

// externalID is an ID of an object outside the stack, with its location.
type externalID struct {
	kind, id string
	at       location
}

func (p *pass) externalIDs() []externalID {
	var all []externalID
	for _, m := range p.monitors {
		for _, member := range p.members(m) {
			if !member.known {
				all = append(all, externalID{"monitor", member.id.ID, m.in(member.id)})
			}
		}
	}
	for _, d := range p.dashboards {
		for _, w := range d.widgets {
			id, ok := w.definition["alert_id"].(string)
			if _, reference := p.ids.address[id]; ok && !reference && p.byID[id] == nil {
				all = append(all, externalID{"monitor", id, d.at(w.path.With("definition").With("alert_id"))})
			}
		}
	}
	return all
}

func (p *pass) askForIDs(ctx context.Context, group *routine.Group, live Live) map[string]*bool {
	answers := make(map[string]*bool)
	for _, w := range p.externalIDs() {
		key := w.kind + " " + w.id
		if answers[key] != nil {
			continue
		}
		exists := new(bool)
		answers[key] = exists
		group.Go(func() (err error) {
			*exists, err = live.Exists(ctx, w.kind, w.id)
			return err
		})
	}
	return answers
}

func (p *pass) missingIDs(answers map[string]*bool) {
	for _, w := range p.externalIDs() {
		if !*answers[w.kind+" "+w.id] {
			p.add(codeIDMissing, diag.SeverityError, w.at, "ID does not exist",
				"Datadog has no "+w.kind+" "+w.id+". Use an existing ID, or a reference to an object of this stack.")
		}
	}
}

// usedHandle is a handle without variables, with its location.
type usedHandle struct {
	raw string
	at  location
}

func (p *pass) handles() []usedHandle {
	var all []usedHandle
	for _, m := range p.monitors {
		ddquery.Walk(m.message.Template, func(n ddquery.Node) bool {
			if h, ok := n.(*ddquery.Handle); ok && len(h.Vars) == 0 {
				all = append(all, usedHandle{h.Raw, m.inMessage(h)})
			}
			return true
		})
	}
	return all
}

func (p *pass) missingHandles(known []string) {
	if len(known) == 0 {
		return
	}
	for _, h := range p.handles() {
		name, _, _ := strings.Cut(h.raw, "(") // a workflow's arguments
		// Skip email addresses, and @here and similar, which Datadog does not list.
		if !strings.Contains(name, "-") || strings.Contains(name[1:], "@") || slices.Contains(known, name) {
			continue
		}
		p.add(codeHandleMissing, diag.SeverityWarning, h.at, "Handle does not exist in Datadog",
			"Datadog has no handle "+name+", so it notifies no one."+diag.DidYouMean(name, known))
	}
}
