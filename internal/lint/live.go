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

// Live is a Datadog to ask. It only reads.
type Live interface {
	// MetricTags returns the tags, "key:value", that a metric had of late; ok is false if there is no such metric.
	MetricTags(ctx context.Context, metric string) (tags []string, ok bool, err error)
	// Handles returns every handle that a message can name, with its @; none if that cannot be told.
	Handles(ctx context.Context) ([]string, error)
	// Exists reports whether there is an object of a kind with this id.
	Exists(ctx context.Context, kind, id string) (bool, error)
}

// The codes of what only Datadog can tell.
const (
	codeMetricMissing = "metric_missing"
	codeTagMissing    = "tag_missing"
	codeHandleMissing = "handle_missing"
	codeIDMissing     = "id_missing"
)

// IsLive reports whether a code is one that only AskDatadog finds.
func IsLive(code string) bool {
	switch code {
	case codeMetricMissing, codeTagMissing, codeHandleMissing, codeIDMissing:
		return true
	}
	return false
}

// liveParallel is how many requests are in flight at once.
const liveParallel = 5

// AskDatadog asks Datadog whether the metrics, their tags, the handles and the ids that the stack names exist: a request
// for each metric and each id that is written as a number, and one for all handles.
func AskDatadog(ctx context.Context, in Input, live Live) (hcl.Diagnostics, error) {
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
	p.concealQuoted()
	return p.result(), nil
}

// metricAnswer is what Datadog said of a metric.
type metricAnswer struct {
	tags []string
	ok   bool
}

func (p *pass) askForMetrics(ctx context.Context, group *routine.Group, live Live) map[string]*metricAnswer {
	answers := make(map[string]*metricAnswer)
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
		if !a.ok {
			p.add(codeMetricMissing, diag.SeverityWarning, u.in(u.Metric), "Metric unknown to Datadog",
				"Datadog has no metric "+u.Metric.Name+". If nothing sends it yet, the monitor stays without data; if the name is wrong, for ever.")
			continue
		}
		have := make(map[string]bool)
		for _, tag := range a.tags {
			key, _, _ := strings.Cut(tag, ":")
			have[key] = true
		}
		for _, key := range scopeKeys(u.Source) {
			if len(a.tags) > 0 && !have[key.Name] {
				p.add(codeTagMissing, diag.SeverityWarning, u.in(key), "Tag that no series has",
					"No series of "+u.Metric.Name+" had the tag "+key.Name+" of late, so nothing matches. The metric's tags: "+strings.Join(object.SortedKeys(have), ", ")+".")
			}
		}
	}
}

// writtenID is an id of an object outside of the stack, where it is written.
type writtenID struct {
	kind, id string
	at       spot
}

func (p *pass) writtenIDs() []writtenID {
	var all []writtenID
	for _, m := range p.monitors {
		for _, member := range p.members(m) {
			if !member.known {
				all = append(all, writtenID{"monitor", member.id.ID, m.in(member.id)})
			}
		}
	}
	for _, d := range p.dashboards {
		for _, w := range d.widgets {
			id, ok := w.definition["alert_id"].(string)
			if _, reference := p.ids.address[id]; ok && !reference && p.byID[id] == nil {
				all = append(all, writtenID{"monitor", id, d.at(w.path.With("definition").With("alert_id"))})
			}
		}
	}
	return all
}

func (p *pass) askForIDs(ctx context.Context, group *routine.Group, live Live) map[string]*bool {
	answers := make(map[string]*bool)
	for _, w := range p.writtenIDs() {
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
	for _, w := range p.writtenIDs() {
		if !*answers[w.kind+" "+w.id] {
			p.add(codeIDMissing, diag.SeverityError, w.at, "Id of nothing",
				"Datadog has no "+w.kind+" "+w.id+". Write the id of one that exists, or a reference to one of this stack.")
		}
	}
}

// usedHandle is a handle without variables, where it is written.
type usedHandle struct {
	raw string
	at  spot
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
		// Addresses of mail may be anybody's, and @here and the like are no handles of Datadog's.
		if !strings.Contains(name, "-") || strings.Contains(name[1:], "@") || slices.Contains(known, name) {
			continue
		}
		p.add(codeHandleMissing, diag.SeverityWarning, h.at, "Handle unknown to Datadog",
			"Datadog knows no "+name+", so nobody is told."+diag.DidYouMean(name, known))
	}
}
