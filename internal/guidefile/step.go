package guidefile

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/ddquery"
	"ddmon/internal/guide"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

func (r *reader) step(b *hclsyntax.Block) {
	before := r.report.Len()
	r.report.CheckFields(b, stepType)
	misspelled := r.report.HasErrorsSince(before)
	f := lang.ReadFields(r.scope, b, nil, []string{"metric", "logs", "events", "by", "window", "ok", "failed"})
	s := &guide.Step{Name: b.Labels[0], Range: b.DefRange(), Window: r.window(f, defaultWindow)}
	var ok bool
	s.Question, ok = r.question(b, f, []string{"metric", "logs", "events", "monitor"}, misspelled)
	if _, ok := f.Open("by"); ok {
		s.Question.By = f.Texts("by", `["pod_name"]`)
	}
	if len(s.Question.By) > 0 && s.Question.Product != guide.Logs && s.Question.Product != guide.Events && ok {
		f.Invalid("by", "Groups of a metric", "Only logs and events are grouped with by. Group a metric in its query: ... by {kube_deployment}.")
	}
	if a := b.Body.Attributes["probe"]; a != nil {
		s.Probe = r.reference(a.Expr, "probe", r.probes)
	}
	s.OK, _ = f.Text("ok", `"The consumer works."`)
	s.Failed, _ = f.Text("failed", `"The consumer is silent."`)
	for _, name := range []string{"ok", "failed"} {
		if b.Body.Attributes[name] == nil {
			r.report.Error("missing_field", "Missing sentence", fmt.Sprintf("A step needs a sentence for each outcome. Write: %s = \"...\"", name), b.DefRange())
		}
	}
	for _, inner := range b.Body.Blocks {
		if inner.Type == "control" {
			control := r.readControl(inner, stepControlType)
			s.Control = &control
		}
	}
	r.expectBlock(b, s, ok)
	r.guide.Steps = append(r.guide.Steps, s)
}

// question reads what a block asks: exactly one of the given attributes. misspelled means that the block has an unknown
// attribute, which can be the question.
func (r *reader) question(b *hclsyntax.Block, f *lang.Fields, products []string, misspelled bool) (guide.Question, bool) {
	var set []string
	for _, name := range products {
		if b.Body.Attributes[name] != nil {
			set = append(set, name)
		}
	}
	if len(set) == 0 && misspelled {
		return guide.Question{}, false
	}
	if len(set) != 1 {
		r.report.Error("missing_field", "One question needed", fmt.Sprintf("A %s asks exactly one question. Set one of %s.", b.Type,
			strings.Join(products, ", ")), b.DefRange())
		return guide.Question{}, false
	}
	q := guide.Question{Product: guide.Product(set[0])}
	if q.Product == guide.Monitor {
		addresses := r.monitorReference(b.Body.Attributes["monitor"].Expr)
		if len(addresses) != 1 {
			return q, false
		}
		q.Query = addresses[0]
		return q, true
	}
	q.Query = r.query(f, q.Product, set[0])
	return q, q.Query != ""
}

// query reads a query and checks its syntax.
func (r *reader) query(f *lang.Fields, p guide.Product, name string) string {
	examples := map[guide.Product]string{
		guide.Metric: `"sum:rabbitmq.queue.messages{queue:shipping-task}"`,
		guide.Logs:   `"pod_name:queue-master*"`,
		guide.Events: `"source:kubernetes queue-master"`,
	}
	text, ok := f.Text(name, examples[p])
	if !ok {
		return ""
	}
	var err error
	if p == guide.Metric {
		_, err = ddquery.ParseMetric(strings.TrimSpace(cutComparison(name, text)))
	} else {
		_, err = ddquery.ParseSearch(text)
	}
	if err != nil {
		f.Invalid(name, "Invalid query", err.Error())
		return ""
	}
	return strings.TrimSpace(cutComparison(name, text))
}

// cutComparison removes "> 0" from a traffic query: traffic is always compared with 0.
func cutComparison(name, text string) string {
	if name != "traffic" {
		return text
	}
	before, _ := strings.CutSuffix(strings.TrimSpace(text), "0")
	if query, ok := strings.CutSuffix(strings.TrimSpace(before), ">"); ok {
		return query
	}
	return text
}

// reference reads a reference to a block of the guide, such as probe.pipeline or step.backlog. It returns "" if it is
// invalid.
func (r *reader) reference(e hclsyntax.Expression, word string, known map[string]hcl.Range) string {
	t, ok := lang.Unwrap(e).(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) != 2 || t.Traversal.RootName() != word {
		r.report.Error("invalid_value", "Invalid reference", fmt.Sprintf("Write the name of a %s of this guide: %s.NAME.", word, word), e.Range())
		return ""
	}
	name, ok := attribute(t.Traversal[1])
	if _, exists := known[name]; !ok || !exists {
		r.report.Error("unknown_name", "Unknown "+word, fmt.Sprintf("The guide has no %s %q.%s", word, name, didYouMean(name, known)), e.Range())
		return ""
	}
	return name
}

// readMonitors reads the monitors that a guide belongs to.
func (r *reader) readMonitors(b *hclsyntax.Block) {
	a := b.Body.Attributes["monitors"]
	if a == nil {
		return
	}
	list, ok := lang.Unwrap(a.Expr).(*hclsyntax.TupleConsExpr)
	if !ok {
		r.report.Error("wrong_type", "Invalid type", "monitors must be a list of monitors. Write: monitors = [monitor.consumer_failure]", a.Expr.Range())
		return
	}
	for _, e := range list.Exprs {
		r.guide.Monitors = append(r.guide.Monitors, r.monitorReference(e)...)
	}
}

// monitorReference returns the addresses of a monitor's instances, or of one of them.
func (r *reader) monitorReference(e hclsyntax.Expression) []string {
	var a object.Address
	var ok bool
	if t, isTraversal := lang.Unwrap(e).(*hclsyntax.ScopeTraversalExpr); isTraversal {
		a, ok = addressOf(t)
	}
	if !ok || a.Kind != "monitor" {
		r.report.Error("invalid_value", "Invalid reference", "Write the address of a monitor without quotes: monitor.NAME.", e.Range())
		return nil
	}
	in, exists := r.monitors.Instances("monitor", a.Name)
	if !exists {
		r.report.Error("unknown_name", "Unknown monitor", fmt.Sprintf("The stack has no monitor %q.%s", a.Name,
			didYouMean(a.Name, nameSet(r.monitors.Names("monitor")))), e.Range())
		return nil
	}
	if in == nil {
		return nil // its for_each is invalid, which is reported
	}
	var all []string
	for _, key := range in.Keys {
		one := object.Address{Kind: "monitor", Name: a.Name, Key: key, Keyed: in.Keyed}
		if !a.Keyed || a == one {
			all = append(all, one.String())
		}
	}
	if len(all) == 0 {
		r.report.Error("unknown_name", "Unknown monitor", fmt.Sprintf("The stack has no %s.", a), e.Range())
	}
	return all
}

func nameSet(names []string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}
