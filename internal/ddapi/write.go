package ddapi

import (
	"context"
	"fmt"
	"net/http"

	"ddmon/internal/kind"
)

// Get reads one object with all its fields, to compare or change it. A field of the wrong JSON type is an error; see checkFields. Use
// NotFound to recognize that the object does not exist.
func (c *Client) Get(ctx context.Context, k *kind.Kind, id string) (map[string]any, error) {
	return c.get(ctx, k, id, checkFields, newMemoryLimit(maxWeight))
}

// get reads one object that must pass a check and stay within the memory limit.
func (c *Client) get(
	ctx context.Context, k *kind.Kind, id string, check func(*kind.Kind, map[string]any) error, memory *memoryLimit,
) (map[string]any, error) {
	var out map[string]any
	read := readObject(k, id, &out)
	err := c.do(ctx, call{
		action: fmt.Sprintf("read %s %s", k.Name, clean(id)), permission: k.Remote.ReadPermission,
		method: http.MethodGet, route: routeOfOne(k), id: id, kind: k, query: k.ReadWith(),
		read: func(r *responseReader) error {
			if err := read(r); err != nil {
				return err
			}
			if err := check(k, out); err != nil {
				return err
			}
			weight := r.weight + r.d.InputOffset()
			defer memory.spend(weight)
			return memory.check(weight)
		},
	})
	if err == nil && k.Remote.Gone.Holds(out) {
		return nil, &APIError{
			Action: fmt.Sprintf("read %s %s", k.Name, clean(id)), Method: http.MethodGet, Path: k.Remote.Path + "/" + clean(id),
			Status: http.StatusNotFound, Messages: []string{fmt.Sprintf("its %s is %s", k.Remote.Gone.Field, clean(fmt.Sprint(out[k.Remote.Gone.Field])))},
		}
	}
	return out, err
}

// Create creates an object and returns it as Datadog stored it.
//
// A write in flight is completed even if the context is done; only later attempts are skipped.
//
// check is called right before each attempt. lost reports that an earlier attempt may have been applied although its
// response was lost. If check returns an error, Create returns that error unchanged and sends nothing more. check must
// fail if the object exists: then a creation can be retried like other writes. Without a check, it is retried only if
// nothing was created for certain.
func (c *Client) Create(
	ctx context.Context, k *kind.Kind, body map[string]any, check func(ctx context.Context, lost bool) error,
) (map[string]any, error) {
	var out map[string]any
	err := c.do(ctx, call{
		action: "create the " + k.Name, permission: k.Remote.WritePermission,
		method: http.MethodPost, route: k.Remote.Path, body: wrapped(k, "", body), writes: true, read: readObject(k, "", &out), check: check,
	})
	return out, err
}

// Update updates an object and returns it as Datadog stored it. check is the same as for Create and can be nil.
func (c *Client) Update(
	ctx context.Context, k *kind.Kind, id string, body map[string]any, check func(ctx context.Context, lost bool) error,
) (map[string]any, error) {
	method := http.MethodPut
	if k.Remote.Patch {
		method = http.MethodPatch
	}
	var out map[string]any
	err := c.do(ctx, call{
		action: fmt.Sprintf("update %s %s", k.Name, clean(id)), permission: k.Remote.WritePermission,
		method: method, route: routeOfOne(k), id: id, kind: k, body: wrapped(k, id, body), writes: true,
		read: readObject(k, id, &out), check: check,
	})
	return out, err
}

// Delete deletes an object. It succeeds if the object does not exist, and fails if other objects reference it. check is
// the same as for Create and can be nil.
func (c *Client) Delete(
	ctx context.Context, k *kind.Kind, id string, check func(ctx context.Context, lost bool) error,
) error {
	read := anyObject
	if k.Remote.DeletedSilently {
		read = emptyBody
	}
	return c.do(ctx, call{
		action: fmt.Sprintf("delete %s %s", k.Name, clean(id)), permission: k.Remote.WritePermission,
		method: http.MethodDelete, route: routeOfOne(k), id: id, kind: k, writes: true, read: read,
		check: check,
	})
}

// Validate lets Datadog validate a body without storing it: as a new object if id is empty, otherwise as an update of
// that object. The kind must support validation.
func (c *Client) Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error {
	action, route := "validate the "+k.Name, k.Remote.Path+"/validate"
	if id != "" {
		action, route = fmt.Sprintf("validate %s %s", k.Name, clean(id)), routeOfOne(k)+"/validate"
	}
	return c.do(ctx, call{
		action: action, permission: k.Remote.WritePermission, method: http.MethodPost, route: route, id: id, kind: k, body: body,
		read: anyObject,
	})
}

func routeOfOne(k *kind.Kind) string { return k.Remote.Path + "/{id}" }
