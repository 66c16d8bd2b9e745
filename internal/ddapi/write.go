package ddapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"ddmon/internal/kind"
)

// Get reads one object. NotFound tells whether an error says that there is none.
func (c *Client) Get(ctx context.Context, k *kind.Kind, id string) (map[string]any, error) {
	var out map[string]any
	err := c.do(ctx, call{
		doing: fmt.Sprintf("read %s %s", k.Name, clean(id)), permission: toRead(k),
		method: http.MethodGet, path: pathOf(k, id), read: into(&out),
	})
	return out, err
}

// Create makes an object and returns it as Datadog stored it. It is made at most once: the request is never repeated.
func (c *Client) Create(ctx context.Context, k *kind.Kind, body map[string]any) (map[string]any, error) {
	var out map[string]any
	err := c.do(ctx, call{
		doing: "create the " + k.Name, permission: toWrite(k),
		method: http.MethodPost, path: k.Endpoint, body: body, stores: true, read: into(&out),
	})
	return out, err
}

// Update changes an object and returns it as Datadog stored it.
func (c *Client) Update(ctx context.Context, k *kind.Kind, id string, body map[string]any) (map[string]any, error) {
	var out map[string]any
	err := c.do(ctx, call{
		doing: fmt.Sprintf("update %s %s", k.Name, clean(id)), permission: toWrite(k),
		method: http.MethodPut, path: pathOf(k, id), body: body, stores: true, read: into(&out),
	})
	return out, err
}

// Delete removes an object. One that is gone already is a success; one that others refer to is refused by Datadog.
func (c *Client) Delete(ctx context.Context, k *kind.Kind, id string) error {
	err := c.do(ctx, call{
		doing: fmt.Sprintf("delete %s %s", k.Name, clean(id)), permission: toWrite(k),
		method: http.MethodDelete, path: pathOf(k, id), stores: true, read: anyObject,
	})
	if NotFound(err) {
		return nil
	}
	return err
}

// Validate has Datadog check a body without storing it: as a new object if id is empty, else as that object's. The
// kind must be one that Validates.
func (c *Client) Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error {
	doing, path := "validate the "+k.Name, k.Endpoint+"/validate"
	if id != "" {
		doing, path = fmt.Sprintf("validate %s %s", k.Name, clean(id)), pathOf(k, id)+"/validate"
	}
	return c.do(ctx, call{
		doing: doing, permission: toWrite(k), method: http.MethodPost, path: path, body: body,
		read: anyObject,
	})
}

func pathOf(k *kind.Kind, id string) string { return k.Endpoint + "/" + url.PathEscape(id) }

// toRead and toWrite are the permissions that an application key needs.
func toRead(k *kind.Kind) string  { return k.Name + "s_read" }
func toWrite(k *kind.Kind) string { return k.Name + "s_write" }
