package org.latchkey.https.internal;

import org.latchkey.door.DoorResource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Hands the resources of other bundles to the doors. Apart from the doors themselves, since a
 * resource may ask for their address: the doors must be there before their resources.
 */
@Component(
    service = {},
    immediate = true)
public final class ResourceWhiteboard {

  private final HttpsDoors doors;

  /** A whiteboard of these doors. */
  @Activate
  public ResourceWhiteboard(@Reference HttpsDoors doors) {
    this.doors = doors;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeResource")
  void addResource(DoorResource resource) {
    doors.addResource(resource);
  }

  void removeResource(DoorResource resource) {
    doors.removeResource(resource);
  }
}
