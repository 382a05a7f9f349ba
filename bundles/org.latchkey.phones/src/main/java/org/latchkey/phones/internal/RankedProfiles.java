package org.latchkey.phones.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.latchkey.phone.PhoneProfile;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The phone profiles, which come and go, in the order in which the doors of this bundle ask. */
@Component(service = RankedProfiles.class)
public final class RankedProfiles {

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<Map.Entry<Map<String, Object>, PhoneProfile>> present = List.of();

  /** Those that are there. */
  @Activate
  public RankedProfiles() {}

  /** These, in this order, for good. */
  RankedProfiles(List<PhoneProfile> profiles) {
    present = profiles.stream().map(one -> Map.entry(Map.<String, Object>of(), one)).toList();
  }

  /** All of them by service ranking, highest first. */
  List<PhoneProfile> all() {
    return present.stream()
        .sorted(Comparator.comparingInt((Map.Entry<Map<String, Object>, ?> one) -> -rank(one)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static int rank(Map.Entry<Map<String, Object>, ?> profile) {
    return profile.getKey().get(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
  }
}
