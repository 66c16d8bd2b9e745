package testfile

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/object"
)

// readTarget reads the label of an expect block: the address of a monitor. Without a label, the block applies to every
// monitor.
func readTarget(stack *config.Evaluation, e *Expect, b *hclsyntax.Block, each lang.Names) {
	report := stack.Scope.Report
	if len(b.Labels) == 0 {
		e.All = true
		for _, name := range stack.Names(monitorKind) {
			in, _ := stack.Instances(monitorKind, name)
			e.Monitors = append(e.Monitors, addresses(name, in)...)
		}
		if len(e.Monitors) == 0 && !report.HasErrors() {
			report.Error("unknown_name", "No monitors to test", "This expect block applies to every monitor, but the stack has none.", b.DefRange())
		}
		return
	}
	if len(b.Labels) > 1 {
		report.Error("invalid_labels", "More than one label", "An expect block has one label, the address of a monitor, or no label for every monitor. "+
			"Write one expect block per monitor.", b.LabelRanges[1])
		return
	}
	at := b.LabelRanges[0]
	address, ok := expectAddress(stack.Scope, b.Labels[0], at, each)
	if !ok {
		return
	}
	e.Address = address
	e.Monitors = matchingMonitors(stack, address, at)
}

const monitorKind = "monitor"

// expectAddress reads an address. Its key can be an expression, as in monitor.q[each.key]. It returns false if the
// address is invalid or the key is unknown.
func expectAddress(s *lang.Scope, label string, at hcl.Range, each lang.Names) (object.Address, bool) {
	invalid := func() (object.Address, bool) {
		s.Report.Error("invalid_address", "Invalid monitor address", fmt.Sprintf("%s is not a valid address. Write monitor.NAME, monitor.NAME[\"KEY\"] with a backslash before "+
			"each quotation mark or, in a test with for_each, monitor.NAME[each.key]. Without a label the block applies to every monitor.", label), at)
		return object.Address{}, false
	}
	if a, err := object.ParseAddress(label); err == nil {
		return a, true
	}
	if limit.Nesting([]byte(label), at.Filename) != nil { // the file was checked, but escapes can produce brackets
		return invalid()
	}
	start := hcl.Pos{Line: at.Start.Line, Column: at.Start.Column + 1, Byte: at.Start.Byte + 1} // after the quote
	e, diags := hclsyntax.ParseExpression([]byte(label), at.Filename, start)
	index, isIndex := e.(*hclsyntax.IndexExpr)
	if diags.HasErrors() || !isIndex {
		return invalid()
	}
	of, ok := index.Collection.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return invalid()
	}
	a, rest, ok := object.AddressOf(of.Traversal)
	if !ok || a.Keyed || len(rest) > 0 {
		return invalid()
	}
	if limitErr := s.Report.Meter.WrapExpr(index.Key); limitErr != nil {
		s.Report.Limit(limitErr)
		return object.Address{}, false
	}
	f := lang.NewFields(s, each)
	f.Read("key", index.Key)
	key, ok := f.Open("key")
	switch {
	case !ok:
		return object.Address{}, false
	case key.Type() != cty.String:
		f.InvalidType("key", "a string, like the keys of for_each")
		return object.Address{}, false
	}
	a.Key, a.Keyed = key.AsString(), true
	return a, true
}

// matchingMonitors returns the monitors that an address refers to.
func matchingMonitors(stack *config.Evaluation, a object.Address, at hcl.Range) []object.Address {
	unknown := func(detail string) []object.Address {
		stack.Scope.Report.Error("unknown_name", "Unknown monitor", detail, at)
		return nil
	}
	if a.Kind != monitorKind {
		return unknown(fmt.Sprintf("%s is not a monitor. Only monitors can be tested.", a) + diag.DidYouMean(a.Kind, []string{monitorKind}))
	}
	in, exists := stack.Instances(a.Kind, a.Name)
	if !exists {
		var known []string
		for _, other := range stack.Names(monitorKind) {
			known = append(known, monitorKind+"."+other)
		}
		written := object.Address{Kind: a.Kind, Name: a.Name}.String()
		return unknown(fmt.Sprintf("The stack has no %s.", written) + diag.DidYouMean(written, known))
	}
	all := addresses(a.Name, in)
	switch {
	case in == nil: // its for_each is invalid, which was reported
		return nil
	case !a.Keyed && len(all) == 0:
		return unknown(fmt.Sprintf("%s has no instances: its for_each is empty.", a))
	case !a.Keyed:
		return all
	case !in.Keyed:
		return unknown(fmt.Sprintf("%s.%s has no for_each and therefore no keys. Write: %s.%s", a.Kind, a.Name, a.Kind, a.Name))
	case !slices.Contains(all, a):
		return unknown(fmt.Sprintf("The stack has no %s.%s%s", a, diag.DidYouMean(a.Key, in.Keys), in.Examples()))
	}
	return []object.Address{a}
}

// addresses returns the addresses of a monitor's instances, sorted. in can be nil.
func addresses(name string, in *lang.Instances) []object.Address {
	if in == nil {
		return nil
	}
	var all []object.Address
	for _, key := range in.Keys {
		all = append(all, object.Address{Kind: monitorKind, Name: name, Key: key, Keyed: in.Keyed})
	}
	slices.SortFunc(all, object.Address.Compare)
	return all
}
