import category from './category';
import site from './site';
import trackingItem from './tracking-item';

export default { category, 'tracking-item': trackingItem, site };
