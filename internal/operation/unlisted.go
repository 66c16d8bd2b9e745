package operation

import (
	"context"
	"maps"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/routine"
)

// parallelReads is how many objects are read at the same time.
const parallelReads = 10

// addUnlisted adds to live objects the fields that the configuration sets and that lists do not have, or may not have. It
// reads only the objects whose configuration sets such a field.
func addUnlisted(ctx context.Context, client Lister, desired, live []*object.Object) error {
	wanted := make(map[string]*object.Object, len(desired)) // by kind and slug
	key := func(kind, slug string) string { return kind + "\x00" + slug }
	for _, want := range desired {
		wanted[key(want.Address.Kind, want.Address.Slug())] = want
	}
	group, ctx := routine.WithContext(ctx, parallelReads)
	for _, have := range live {
		k, want := kind.Named(have.Address.Kind), wanted[key(have.Address.Kind, have.Marker.Slug)]
		if want == nil || have.ID == "" {
			continue
		}
		fields := k.Unlisted(want.Body)
		if !k.Remote.List.Summaries {
			fields = append(fields, plan.Unproven(k, want, have)...)
		}
		if len(fields) == 0 {
			continue
		}
		group.Go(func() error {
			whole, ok, err := client.Lookup(ctx, k, have.ID)
			if err != nil || !ok { // the object was deleted since it was listed, which is found before it is changed
				return err
			}
			have.Body = maps.Clone(have.Body)
			for _, field := range fields {
				if v, isSet := whole[field]; isSet {
					have.Body[field] = v
				}
			}
			return nil
		})
	}
	return group.Wait()
}
