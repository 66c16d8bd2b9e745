package ddapi

import (
	"context"
	"fmt"
	"net/http"

	"ddmon/internal/kind"
)

// Get reads one object, which is to be compared or changed: a field that has not its JSON type is an error, see
// checkFields. NotFound tells whether an error says that there is none.
func (c *Client) Get(ctx context.Context, k *kind.Kind, id string) (map[string]any, error) {
	return c.get(ctx, k, id, checkFields, newAllowance(maxWeight))
}

// get reads one object, which has to pass a check and to stay within the memory allowed.
func (c *Client) get(
	ctx context.Context, k *kind.Kind, id string, check func(*kind.Kind, map[string]any) error, memory *allowance,
) (map[string]any, error) {
	var out map[string]any
	read := one(k, id, &out)
	err := c.do(ctx, call{
		doing: fmt.Sprintf("read %s %s", k.Name, clean(id)), permission: k.Remote.ReadPermission,
		method: http.MethodGet, route: routeOfOne(k), id: id, kind: k,
		read: func(r *reading) error {
			if err := read(r); err != nil {
				return err
			}
			if err := check(k, out); err != nil {
				return err
			}
			weight := r.weight + r.d.InputOffset()
			defer memory.spend(weight)
			return memory.allows(weight)
		},
	})
	if err == nil && k.Remote.Gone.Holds(out) {
		return nil, &APIError{
			Doing: fmt.Sprintf("read %s %s", k.Name, clean(id)), Method: http.MethodGet, Path: k.Remote.Path + "/" + clean(id),
			Status: http.StatusNotFound, Messages: []string{fmt.Sprintf("its %s is %s", k.Remote.Gone.Field, clean(fmt.Sprint(out[k.Remote.Gone.Field])))},
		}
	}
	return out, err
}

// Create makes an object and returns it as Datadog stored it.
//
// A write is not cut off once it is on its way: if the context ends, only what would come after is left out.
//
// The check is called right before each try, so that nothing but the request itself comes between; lost says that an
// earlier try may have been carried out although its answer was lost. If it returns an error, nothing more is sent and
// that error is returned as it is. A create is repeated as other writes are only if there is a check, which has to
// fail when the object is there. Without one, it is repeated only if it is certain that nothing was made.
func (c *Client) Create(
	ctx context.Context, k *kind.Kind, body map[string]any, check func(ctx context.Context, lost bool) error,
) (map[string]any, error) {
	var out map[string]any
	err := c.do(ctx, call{
		doing: "create the " + k.Name, permission: k.Remote.WritePermission,
		method: http.MethodPost, route: k.Remote.Path, body: wrapped(k, "", body), stores: true, read: one(k, "", &out), check: check,
	})
	return out, err
}

// Update changes an object and returns it as Datadog stored it. The check is as for Create, and may be nil.
func (c *Client) Update(
	ctx context.Context, k *kind.Kind, id string, body map[string]any, check func(ctx context.Context, lost bool) error,
) (map[string]any, error) {
	method := http.MethodPut
	if k.Remote.Patch {
		method = http.MethodPatch
	}
	var out map[string]any
	err := c.do(ctx, call{
		doing: fmt.Sprintf("update %s %s", k.Name, clean(id)), permission: k.Remote.WritePermission,
		method: method, route: routeOfOne(k), id: id, kind: k, body: wrapped(k, id, body), stores: true,
		read: one(k, id, &out), check: check,
	})
	return out, err
}

// Delete removes an object. One that is gone already is a success; one that others refer to is refused by Datadog.
// The check is as for Create, and may be nil.
func (c *Client) Delete(
	ctx context.Context, k *kind.Kind, id string, check func(ctx context.Context, lost bool) error,
) error {
	read := anyObject
	if k.Remote.DeletedSilently {
		read = nothing
	}
	return c.do(ctx, call{
		doing: fmt.Sprintf("delete %s %s", k.Name, clean(id)), permission: k.Remote.WritePermission,
		method: http.MethodDelete, route: routeOfOne(k), id: id, kind: k, stores: true, read: read,
		check: check,
	})
}

// Validate has Datadog check a body without storing it: as a new object if id is empty, else as that object's. The
// kind must be one that Validates.
func (c *Client) Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error {
	doing, route := "validate the "+k.Name, k.Remote.Path+"/validate"
	if id != "" {
		doing, route = fmt.Sprintf("validate %s %s", k.Name, clean(id)), routeOfOne(k)+"/validate"
	}
	return c.do(ctx, call{
		doing: doing, permission: k.Remote.WritePermission, method: http.MethodPost, route: route, id: id, kind: k, body: body,
		read: anyObject,
	})
}

func routeOfOne(k *kind.Kind) string { return k.Remote.Path + "/{id}" }
