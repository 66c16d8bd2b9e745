package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Input is the input of Build.
type Input struct {
	Stack   string       // the stack's name
	Kinds   []*kind.Kind // all kinds that Desired and Live hold
	Desired []*object.Object
	// Live are the objects with the stack's marker, and other objects with the name of a desired object, which could be
	// that object without its marker. See FromLive.
	Live []*object.Object
	// HasSecrets reports that the stack has sensitive values, so an object without a block can contain one.
	HasSecrets bool
	// Now is the time at which to decide whether an object has ended; see kind.Kind.Over. With the zero time, none has.
	Now time.Time
}

// builder is the state of a Build.
type builder struct {
	in         Input
	destroys   bool   // whether to delete everything
	slug       string // of the stack
	kinds      map[string]*kind.Kind
	claims     []*claim                            // of the stack, sorted by slug
	at         map[object.Address]*claim           // of desired addresses, without replaced objects
	lookalikes map[object.Address][]*object.Object // objects without owner that could be the desired object
	disputed   map[object.Address]bool             // claimed by a live object that also claims other addresses
	ids        map[object.Address]string           // known ids that references can use
	plan       *Plan
	diags      hcl.Diagnostics
}

// Build computes the plan. It does not depend on the order of its input. Each error concerns a single address, whose
// change is Blocked; the rest of the plan is valid.
func Build(in Input) (*Plan, hcl.Diagnostics) {
	b := newBuilder(in)
	b.dropWrittenMarkers()
	b.claim()
	for _, want := range b.in.Desired {
		// A replaced object gets another id. A protected object is not replaced.
		if have := b.at[want.Address].owner(); have != nil && have.ID != "" && (want.Lifecycle.PreventDestroy || have.Marker.Protected || !b.needsReplace(want, have)) {
			b.ids[want.Address] = have.ID
		}
	}
	for _, want := range b.in.Desired {
		if !b.hasEnded(want) {
			b.plan.Changes = append(b.plan.Changes, b.change(want))
		}
	}
	for _, c := range b.claims {
		if c.want == nil || c.replaced {
			b.delete(c)
		}
	}
	b.warnOfRenamed()
	b.blockDependents()
	return b.finish()
}

func newBuilder(in Input) *builder {
	b := &builder{
		in: in, slug: object.StackSlug(in.Stack),
		kinds: make(map[string]*kind.Kind), ids: make(map[object.Address]string),
		plan: &Plan{Stack: in.Stack},
	}
	for _, k := range in.Kinds {
		b.kinds[k.Name] = k
	}
	return b
}

// finish sorts the changes.
func (b *builder) finish() (*Plan, hcl.Diagnostics) {
	slices.SortStableFunc(b.plan.Changes, func(x, y Change) int {
		if c := x.Address.Compare(y.Address); c != 0 {
			return c
		}
		return compareIDs(x.ID, y.ID)
	})
	b.linkReferrers()
	return b.plan, b.diags
}

// dropWrittenMarkers removes markers from desired bodies. The export of a managed object includes its marker, which
// would claim another address or stack.
func (b *builder) dropWrittenMarkers() {
	b.in.Desired = slices.Clone(b.in.Desired)
	reported := make(map[hcl.Range]bool)
	for i, want := range b.in.Desired {
		marker := b.kinds[want.Address.Kind].Marker
		m, body := marker.Read(want.Body)
		if m.IsZero() {
			// A string with unknown ids is not text yet: withIDs removes its marker.
			m, _ = marker.Read(resolved(want.Body, func(object.Address) (string, bool) { return "0", true }))
		}
		if m.IsZero() {
			continue
		}
		clean := *want
		clean.Body = body
		b.in.Desired[i] = &clean
		if reported[want.Range()] {
			continue
		}
		reported[want.Range()] = true
		d := diag.Warning("written_marker", "Ownership marker in the configuration", fmt.Sprintf(
			"%s sets tags that ddmon uses to mark the owner of an object (%s). ddmon does not send them: it sets its own. "+
				"Remove them.", want.Address, strings.Join(m.Tags(), " ")), want.Range())
		d.Extra = diag.Extra{Code: "written_marker", Address: want.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// change compares a desired object with its live object.
func (b *builder) change(want *object.Object) Change {
	k := b.kinds[want.Address.Kind]
	body := b.resolve(want)
	c := Change{
		Address: want.Address, Title: k.TitleOf(body), Desired: want,
		Ignore: ignored(k, want, body), Written: writtenUnmanaged(k, body),
		PreventDestroy: want.Lifecycle.PreventDestroy, DependsOn: dependsOn(want.Body),
	}
	if b.blocked(want, &c) {
		c.Contested = true
		return c
	}
	have := b.at[want.Address].owner()
	if have == nil {
		c.Action, c.After = Create, createBody(k.Body, body)
		b.warnOfLookalike(want)
		return c
	}
	c.ID, c.Before, c.ModifiedAt = have.ID, have.Body, k.ModifiedAt(have.Body)
	c.EditedOutside = b.editedOutside(k, have, &c)
	compared := &comparison{kind: k, sent: wasSent(k, body, have, c.Ignore)}
	c.After = compared.compare(body, have.Body, c.Ignore)
	c.Edits, c.Notes = compared.edits, compared.notes
	b.warnOfDropped(want, compared.dropped)
	c.LiveSensitive = b.liveSensitive(have, want)
	if c.Title == "" && !want.TitleIsSensitive() && !c.LiveSensitive.TitleIsSensitive() {
		c.Title = k.TitleOf(have.Body)
	}
	if was := have.Marker.Protected; was != c.PreventDestroy {
		c.Edits = append(c.Edits, Edit{Path: protectionPath(), Op: Modify, Before: was, After: c.PreventDestroy})
	}
	switch {
	case len(c.Edits) == 0:
		c.Action = NoOp
	case b.needsReplace(want, have) && (want.Lifecycle.PreventDestroy || have.Marker.Protected):
		c.Action, c.After, c.Reason = Blocked, nil, "must be replaced, which prevent_destroy forbids: change that, or restore the type"
		b.errorOfProtected(want, have)
	case b.needsReplace(want, have):
		c.Action, c.After = Replace, createBody(k.Body, body)
	default:
		c.Action = Update
	}
	if c.Action == Update || c.Action == Replace {
		c.Caveats = b.caveats(k, have, &c)
	}
	return c
}

// resolve returns the desired body with known ids filled in.
func (b *builder) resolve(want *object.Object) map[string]any {
	return withIDs(b.kinds[want.Address.Kind], want.Body, func(a object.Address) (string, bool) {
		id, ok := b.ids[a]
		return id, ok
	})
}

// withIDs fills in ids, and removes a marker from the strings that this completes: the object would have another owner.
func withIDs(k *kind.Kind, body map[string]any, id func(object.Address) (string, bool)) map[string]any {
	_, body = k.Marker.Read(resolved(body, id))
	return body
}

func resolved(body map[string]any, id func(object.Address) (string, bool)) map[string]any {
	out, _ := object.ResolveRefs(body, id).(map[string]any)
	return out
}

// editedOutside compares the live object with its fingerprint.
func (b *builder) editedOutside(k *kind.Kind, have *object.Object, c *Change) bool {
	then, _ := splitFingerprint(have.Marker.Fingerprint)
	if then == "" {
		return false
	}
	now := Fingerprint(k, have.Body, c.Ignore, c.Written)
	return sameVersion(now, then) && now != then
}

// ignored lists the paths at which differences do not matter: those of ignore_changes, and fields that Datadog generated
// because the configuration does not have them.
func ignored(k *kind.Kind, want *object.Object, body map[string]any) []object.Path {
	paths := want.Lifecycle.IgnoreChanges
	for _, key := range object.SortedKeys(k.Body.Fields) {
		if p := (object.Path{key}); k.Body.Fields[key].Generated && body[key] == nil && !ignores(want, key) {
			paths = append(slices.Clip(paths), p)
		}
	}
	return paths
}

// needsReplace reports whether a field that cannot be changed on a live object differs.
func (b *builder) needsReplace(want, have *object.Object) bool {
	for key, f := range b.kinds[want.Address.Kind].Body.Fields {
		if !f.ForceNew {
			continue
		}
		w, wok := want.Body[key].(string)
		h, hok := have.Body[key].(string)
		if wok && hok && w != h && !equivalent(f.Type, w, h) && !ignores(want, key) {
			return true
		}
	}
	return false
}

func ignores(o *object.Object, key string) bool {
	return slices.ContainsFunc(o.Lifecycle.IgnoreChanges, func(p object.Path) bool { return p.String() == key })
}

// protectionPath is the path of an edit that sets or unsets prevent_destroy on the live object. It is not a path in a
// body, because the marker stores this setting.
func protectionPath() object.Path { return object.Path{"lifecycle", "prevent_destroy"} }

// writtenUnmanaged lists the fields, except in lists, that ddmon manages only because the configuration sets them.
func writtenUnmanaged(k *kind.Kind, body map[string]any) []string {
	var out []string
	var walk func(t *kind.Type, o map[string]any, p object.Path)
	walk = func(t *kind.Type, o map[string]any, p object.Path) {
		for _, key := range object.SortedKeys(o) {
			f := t.Field(key, o)
			if f == nil || f.WriteOnly { // no response has it, so its state is not part of the fingerprint
				continue
			}
			if f.Unmanaged || f.Derived {
				out = append(out, p.With(key).String())
			} else if inner, ok := o[key].(map[string]any); ok {
				walk(f.Type, inner, p.With(key))
			}
		}
	}
	walk(k.Body, body, nil)
	return out
}

// createBody leaves out read-only fields, which Datadog ignores.
func createBody(t *kind.Type, body map[string]any) map[string]any {
	out := make(map[string]any, len(body))
	for key, v := range body {
		if f := t.Field(key, body); f == nil || !f.ReadOnly {
			out[key] = v
		}
	}
	return out
}

// dependsOn lists the addresses that a body refers to, sorted and without duplicates.
func dependsOn(body map[string]any) []object.Address {
	var out []object.Address
	object.WalkRefs(body, func(_ object.Path, a object.Address) { out = append(out, a) })
	slices.SortFunc(out, object.Address.Compare)
	return slices.Compact(out)
}
