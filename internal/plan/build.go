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

// Input is what a plan is made of.
type Input struct {
	Stack   string       // the stack's name
	Kinds   []*kind.Kind // all kinds that Desired and Live hold
	Desired []*object.Object
	// Live are the objects of the stack (their markers say so) and, besides, objects that might be mistaken for
	// missing ones: those of others with the name of a desired object. See FromLive.
	Live []*object.Object
	// HasSecrets says that the stack has sensitive values, so that an object without a block may hold one.
	HasSecrets bool
	// Now is the time by which objects of the past are known; see kind.Kind.Over. The zero time knows none.
	Now time.Time
}

// builder holds what the steps of Build share.
type builder struct {
	in       Input
	destroys bool   // whether everything is to be deleted
	slug     string // of the stack
	kinds    map[string]*kind.Kind
	claims   []*claim                            // of the stack, sorted by slug
	at       map[object.Address]*claim           // those of desired addresses, replaced objects left out
	lost     map[object.Address][]*object.Object // without owner, and of the same name as the desired object
	disputed map[object.Address]bool             // claimed by a live object that claims others, too
	ids      map[object.Address]string           // ids that references may use now
	plan     *Plan
	diags    hcl.Diagnostics
}

// Build computes the plan. It depends neither on the order of its input nor on anything outside of it. Diagnostics
// of an error concern single addresses, whose change is Blocked; the rest of the plan stands.
func Build(in Input) (*Plan, hcl.Diagnostics) {
	b := newBuilder(in)
	b.dropWrittenMarkers()
	b.claim()
	for _, want := range b.in.Desired {
		// An object that is to be replaced gets another id, unless it is protected and stays.
		if have := b.at[want.Address].owner(); have != nil && have.ID != "" && (want.Lifecycle.PreventDestroy || have.Marker.Protected || !b.needsReplace(want, have)) {
			b.ids[want.Address] = have.ID
		}
	}
	for _, want := range b.in.Desired {
		if !b.isOver(want) {
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

// finish puts the changes in order.
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

// dropWrittenMarkers takes markers out of desired bodies, where an export of a managed object brings one along. Sent
// as it is, it would claim another address or stack.
func (b *builder) dropWrittenMarkers() {
	b.in.Desired = slices.Clone(b.in.Desired)
	told := make(map[hcl.Range]bool)
	for i, want := range b.in.Desired {
		m, body := b.kinds[want.Address.Kind].Marker.Read(want.Body)
		if m.IsZero() {
			continue
		}
		clean := *want
		clean.Body = body
		b.in.Desired[i] = &clean
		if told[want.Range()] {
			continue
		}
		told[want.Range()] = true
		d := diag.Warning("written_marker", "Marker in the configuration is not sent", fmt.Sprintf(
			"%s is written with ddmon's own tags (%s). They say whom an object in Datadog belongs to and are ddmon's to "+
				"set; remove them.", want.Address, strings.Join(m.Tags(), " ")), want.Range())
		d.Extra = diag.Extra{Code: "written_marker", Address: want.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// change compares one desired object with what there is of it.
func (b *builder) change(want *object.Object) Change {
	k := b.kinds[want.Address.Kind]
	body := b.resolve(want)
	c := Change{
		Address: want.Address, Title: k.TitleOf(body), Desired: want,
		Ignore: want.Lifecycle.IgnoreChanges, Written: writtenUnmanaged(k, body),
		PreventDestroy: want.Lifecycle.PreventDestroy, DependsOn: dependsOn(want.Body),
	}
	if b.blocked(want, &c) {
		c.Contested = true
		return c
	}
	have := b.at[want.Address].owner()
	if have == nil {
		c.Action, c.After = Create, createBody(k.Body, body)
		b.warnOfLostSelf(want)
		return c
	}
	c.ID, c.Before, c.ModifiedAt = have.ID, have.Body, k.ModifiedAt(have.Body)
	c.EditedOutside = b.editedOutside(k, have, &c)
	c.After, c.Edits, c.Notes = Compare(k, body, have.Body, c.Ignore)
	if m := have.Marker; m.Secret && m.Places != want.SecretPlaces() || m.Written == 0 && m.Fingerprint != "" {
		c.Was = b.concealed(have)
	}
	if was := have.Marker.Protected; was != c.PreventDestroy {
		c.Edits = append(c.Edits, Edit{Path: protectionPath(), Op: Modify, Before: was, After: c.PreventDestroy})
	}
	switch {
	case len(c.Edits) == 0:
		c.Action = NoOp
	case b.needsReplace(want, have) && (want.Lifecycle.PreventDestroy || have.Marker.Protected):
		c.Action, c.After = Blocked, nil
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

// resolve returns the desired body with the ids filled in that are known.
func (b *builder) resolve(want *object.Object) map[string]any {
	body, _ := object.ResolveRefs(want.Body, func(a object.Address) (string, bool) {
		id, ok := b.ids[a]
		return id, ok
	}).(map[string]any)
	return body
}

// editedOutside compares the live object with the fingerprint on it.
func (b *builder) editedOutside(k *kind.Kind, have *object.Object, c *Change) bool {
	if have.Marker.Fingerprint == "" {
		return false
	}
	now := Fingerprint(k, have.Body, c.Ignore, c.Written)
	return sameVersion(now, have.Marker.Fingerprint) && now != have.Marker.Fingerprint
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

// protectionPath is where an edit stands that puts prevent_destroy on the live object, or takes it off. It leads to no
// place in a body: the marker says it.
func protectionPath() object.Path { return object.Path{"lifecycle", "prevent_destroy"} }

// writtenUnmanaged lists the fields outside of lists that belong to others or to the server unless written, and are written.
func writtenUnmanaged(k *kind.Kind, body map[string]any) []string {
	var out []string
	var walk func(t *kind.Type, o map[string]any, p object.Path)
	walk = func(t *kind.Type, o map[string]any, p object.Path) {
		for _, key := range object.SortedKeys(o) {
			f := t.Field(key, o)
			if f == nil {
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

// createBody leaves out what a create ignores anyway.
func createBody(t *kind.Type, body map[string]any) map[string]any {
	out := make(map[string]any, len(body))
	for key, v := range body {
		if f := t.Field(key, body); f == nil || !f.ReadOnly {
			out[key] = v
		}
	}
	return out
}

// dependsOn lists the addresses that a body refers to, each once, in order.
func dependsOn(body map[string]any) []object.Address {
	var out []object.Address
	object.WalkRefs(body, func(_ object.Path, a object.Address) { out = append(out, a) })
	slices.SortFunc(out, object.Address.Compare)
	return slices.Compact(out)
}
