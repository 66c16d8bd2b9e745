package sandbox

import (
	"context"
	"net/http"
)

func dashboardMissing(id string) *answer {
	return refuse(http.StatusNotFound, "Dashboard with ID "+id+" not found")
}

// liveDashboard reads a dashboard that is not deleted; nil if there is none.
func liveDashboard(t tx, id string) (object, error) {
	d, err := anyDashboard(t, id)
	if d[deletedKey] != nil {
		return nil, err
	}
	return d, err
}

// anyDashboard also reads deleted ones.
func anyDashboard(t tx, id string) (object, error) {
	value := t.get(dashboardBucket, id)
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// publishedDashboards shows written dashboards to readers before their writer is answered.
func (s *Server) publishedDashboards(ctx context.Context, ids []string, a *answer) *answer {
	if a.status >= http.StatusBadRequest {
		return a
	}
	for _, id := range ids {
		if err := s.publishDashboard(ctx, id); err != nil {
			return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
		}
	}
	return a
}

// readDashboard reads and checks a body. It returns a function that makes copies of it, because a transaction
// changes what it is given and may run again.
func readDashboard(r *http.Request) (fresh func() object, refused *answer) {
	sent, refused := readObject(r)
	if refused == nil {
		refused = checkDashboard(sent)
	}
	if refused != nil {
		return nil, refused
	}
	data := encode(sent)
	return func() object {
		d, _ := decodeObject(data) // it was an object when it was encoded
		return d
	}, nil
}

func (s *Server) createDashboard(r *http.Request) *answer {
	sent, refused := readDashboard(r)
	if refused != nil {
		return refused
	}
	var id string
	a := s.write(func(t tx) (*answer, error) {
		counter, err := t.next(dashboardBucket)
		if err != nil {
			return nil, err
		}
		id = dashboardID(counter)
		d, err := settleDashboard(t, id, nil, sent())
		if err != nil {
			return nil, err
		}
		now := timestamp(s.now())
		d["created_at"], d["modified_at"] = now, now
		d["author_handle"], d["author_name"] = userHandle, userName
		body := encode(d)
		return okRaw(body), t.put(dashboardBucket, id, body)
	})
	return s.publishedDashboards(r.Context(), []string{id}, a)
}

func (s *Server) updateDashboard(r *http.Request) *answer {
	id := r.PathValue("id")
	sent, refused := readDashboard(r)
	if refused != nil {
		return refused
	}
	return s.publishedDashboards(r.Context(), []string{id}, s.write(func(t tx) (*answer, error) {
		old, err := liveDashboard(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return dashboardMissing(id), nil
		}
		d, err := settleDashboard(t, id, old, sent())
		if err != nil {
			return nil, err
		}
		d["modified_at"] = timestamp(s.now())
		body := encode(d)
		return okRaw(body), t.put(dashboardBucket, id, body)
	}))
}

func (s *Server) deleteDashboard(r *http.Request) *answer {
	id := r.PathValue("id")
	return s.publishedDashboards(r.Context(), []string{id}, s.write(func(t tx) (*answer, error) {
		refused, err := s.setDeleted(t, []string{id}, true)
		if refused != nil || err != nil {
			return refused, err
		}
		return ok(object{"deleted_dashboard_id": id}), nil
	}))
}

// deleteDashboards deletes several, all or none.
func (s *Server) deleteDashboards(r *http.Request) *answer { return s.setAllDeleted(r, true) }

// restoreDashboards brings several deleted ones back, all or none.
func (s *Server) restoreDashboards(r *http.Request) *answer { return s.setAllDeleted(r, false) }

func (s *Server) setAllDeleted(r *http.Request, deleted bool) *answer {
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	var ids []string
	for _, item := range objects(sent["data"]) {
		ids = append(ids, text(item, "id"))
	}
	if len(ids) == 0 {
		return badRequest("The parameter 'data' is required")
	}
	return s.publishedDashboards(r.Context(), ids, s.write(func(t tx) (*answer, error) {
		refused, err := s.setDeleted(t, ids, deleted)
		if refused != nil || err != nil {
			return refused, err
		}
		return &answer{status: http.StatusNoContent}, nil
	}))
}

// setDeleted marks dashboards as deleted or as there again. It looks at all of them before it changes one.
func (s *Server) setDeleted(t tx, ids []string, deleted bool) (*answer, error) {
	found := map[string]object{}
	for _, id := range ids {
		d, err := anyDashboard(t, id)
		if err != nil {
			return nil, err
		}
		if d == nil || (d[deletedKey] != nil) == deleted {
			return dashboardMissing(id), nil
		}
		found[id] = d
	}
	for id, d := range found {
		delete(d, deletedKey)
		if deleted {
			d[deletedKey] = timestamp(s.now())
		}
		if err := t.put(dashboardBucket, id, encode(d)); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
